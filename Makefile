# Everything below runs on a fresh Debian, Ubuntu or macOS machine with Swift 6.2 or later.

IMPORT_CHECK = --explicit-target-dependency-import-check error

.PHONY: help setup build demo test lint documentation clean

help:
	@echo "make demo   build the vitrine command and explain the example photographs"
	@echo "make test   build everything and run the tests"
	@echo "make lint   check formatting, lengths and what may be written where"
	@echo "make documentation  build the documentation of the library, run that of the command"
	@echo "make setup  install the system libraries that are missing"

setup:
	@Scripts/setup.sh

build: setup
	swift build -c release --product vitrine $(IMPORT_CHECK)

demo: build
	@Examples/demo.sh

test: setup
	swift test --disable-xctest $(IMPORT_CHECK)

lint:
	@Scripts/lint.sh

documentation: build
	swift build $(IMPORT_CHECK)
	@Scripts/build_documentation
	@Scripts/run_documentation .build/release/vitrine

clean:
	swift package clean
	rm -rf demo
