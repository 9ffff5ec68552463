# Names for the steps of .ci/run, where each is defined. `make` lists them.

.PHONY: help check test newest test-fast slow nightly mutants snapshots docs bench release

help:
	@sed -n 's/^\([a-z-]*\): *## */\1\t/p' Makefile | expand -t 12

check: ## format, lint, import rules and types
	.ci/run format lint imports types

test: ## the README's test command, in a new environment
	.ci/run test

newest: ## the same on the newest Python of this machine
	.ci/run newest

test-fast: ## what is quick to run after a change: no screens, no terminals
	.ci/run test-fast

slow: ## the long tests: storms of many seeds, a thousand keys, real processes
	.ci/run slow

nightly: ## every test with fresh seeds; a failure prints its seed
	.ci/run nightly

mutants: ## a sample of small mistakes in the pure core, and how many the tests notice
	.ci/run mutants

snapshots: ## draw every picture again; look at each that changed
	.ci/run snapshots

docs: ## hold the pages against the program
	.ci/run docs

bench: ## the benchmarks of keys, journal, search and quick order
	.ci/run bench

release: ## the whole gate, then the files to publish in dist/
	.ci/run release
