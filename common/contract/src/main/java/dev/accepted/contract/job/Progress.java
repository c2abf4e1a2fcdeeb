package dev.accepted.contract.job;

/** How far a job is: percent from 0 to 100, and what it is at. */
public record Progress(double percent, String message) {}
