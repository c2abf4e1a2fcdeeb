# Holds one child for as long as standard input stays open.
# Arguments: stop signal, patience in seconds, log file, "group" or "session", then the child's command.
# First line of standard output: the child's process id. Exit status: the child's.
# Standard input: each line sends the stop signal; its end sends it too and, when patience is over, SIGKILL.
stop=$1 patience=$2 log=$3 isolation=$4
shift 4
# Where there is no setsid, job control gives the child a process group of its own: Ctrl-C is for the launcher alone.
[ "$isolation" = group ] && set -m
# Caught, not ignored: what is ignored would stay ignored in the child.
trap : HUP INT TERM
exec 3<&0 </dev/null
"$@" >>"$log" 2>&1 3<&- &
child=$!
echo "$child"
exec >&-
(
    while read -r _ <&3; do kill -s "$stop" "$child"; done
    kill -s "$stop" "$child"
    while [ "$patience" -gt 0 ]; do
        sleep 1 3<&-
        patience=$((patience - 1))
    done
    kill -s KILL "$child"
) 2>/dev/null &
watcher=$!
exec 3<&-
wait "$child"
status=$?
# A signal to this shell ends the wait early; the child is still there then.
while kill -0 "$child" 2>/dev/null; do
    sleep 1
    wait "$child"
    status=$?
done
kill "$watcher" 2>/dev/null
exit "$status"
