# Starts the packaged stubs and gateway for a measurement; sourced by the others. Ends both when the script ends.
# JAVA_OPTIONS adds JVM flags to those of config/jvm.options, GATEWAY_OPTIONS settings of the gateway, GATEWAY_PREFIX a
# command before it (taskset).
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
java=""
for candidate in "${JAVA_HOME:-/none}/bin/java" "$(command -v java || true)" /usr/lib/jvm/*/bin/java; do
	[[ -x "$candidate" ]] || continue
	version="$("$candidate" -XshowSettings:properties -version 2>&1 | sed -n 's/^ *java.specification.version = //p')"
	if [[ "$version" =~ ^[0-9]+$ ]] && ((version >= 21)); then java="$candidate"; break; fi
done
[[ -n "$java" ]] || { echo "A JDK 21 or newer is needed." >&2; exit 2; }
[[ -f gateway/target/gateway.jar && -f mocks/target/mocks-exec.jar ]] || mvn -B -q -ntp -DskipTests package
work="$(mktemp -d)"
trap 'kill $(jobs -p) 2>/dev/null || true; wait 2>/dev/null || true; rm -rf "$work"' EXIT
unzip -q mocks/target/mocks-exec.jar 'BOOT-INF/*' -d "$work"
callers="$work/BOOT-INF/classes:$work/BOOT-INF/lib/*"
# Limits so wide that they are counted and never reached: a few phones ask here for what thousands do.
cp -r config "$work/config"
sed -i -E 's/limit: [0-9]+/limit: 1000000/' "$work/config/rate-limits.yml"
gateway=""

start_stubs() {
	${STUBS_PREFIX:-} ${CALLERS_PREFIX:-} "$java" -jar mocks/target/mocks-exec.jar run ${STUBS_OPTIONS:-} >"$work/mocks.log" 2>&1 &
}

# start_gateway NAME PORT MANAGEMENT-PORT COMMAND...: COMMAND is what follows the JVM flags.
start_gateway() {
	local name="$1" port="$2" management="$3"
	shift 3
	# One token lasts for the whole run; signing in is not what is measured.
	BRAMKA_ENVIRONMENT=local BRAMKA_CONFIG="$work/config" BRAMKA_DATA="$work/data-$name" \
		${GATEWAY_PREFIX:-} "$java" @config/jvm.options ${JAVA_OPTIONS:-} -Xlog:gc:file="$work/$name.gc.log" "$@" \
		--server.port="$port" --management.server.port="$management" --bramka.access.public-url="http://localhost:$port" \
		--bramka.access.token-lifetime=1h ${GATEWAY_OPTIONS:-} \
		>"$work/$name.log" 2>&1 &
	gateway=$!
	for _ in $(seq 240); do
		curl -fs "localhost:$management/actuator/health/readiness" >/dev/null 2>&1 && return
		kill -0 "$gateway" 2>/dev/null || break
		sleep 0.5
	done
	echo "$name does not start" >&2
	tail -12 "$work/$name.log" >&2
	exit 1
}
