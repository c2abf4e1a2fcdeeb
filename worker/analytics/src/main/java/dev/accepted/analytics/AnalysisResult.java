package dev.accepted.analytics;

/** What was found out: the job's result, as JSON. What there is not is absent. */
public sealed interface AnalysisResult permits ClusteringResult, SummaryResult {}
