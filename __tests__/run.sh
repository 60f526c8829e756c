# `npm test`: types and lint beside jest, in what its workers leave of the cores. Arguments are jest's: `npm test -- tour`.
said=$(mktemp -d)
trap 'rm -rf "$said"' EXIT
trap 'exit 130' INT TERM
export TEST_RUN_FOLDER="$said" # an interrupted jest leaves its folder
npm run --silent types >"$said/types" 2>&1 &
types=$!
biome ci --error-on-warnings --colors=off >"$said/lint" 2>&1 &
lint=$!
jest "$@"
status=$?

# $1 is a script of package.json, $2 its process here.
report() {
  if wait "$2"; then
    echo "PASS npm run $1"
  else
    status=1
    cat "$said/$1"
    echo "FAIL npm run $1"
  fi
}
report types $types
report lint $lint
exit $status
