# Two commands do everything, set-up included, on a fresh Debian or Ubuntu with a Rust toolchain:
#
#   make run    build the program and open its window on an example dossier;
#               without a display: print the calculation and write the letter
#   make test   everything that continuous integration runs
#
# They work from any folder (`make -C path/to/maatwerk run`) and follow CARGO_TARGET_DIR.

SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.NOTPARALLEL:
.PHONY: help run test

HOUSE := $(patsubst %/,%,$(dir $(abspath $(lastword $(MAKEFILE_LIST)))))
EXAMPLE := $(HOUSE)/fixtures/dossiers/voorbeeld.ron

help:
	@sed -n '1,/^$$/s/^# \{0,1\}//p' "$(HOUSE)/Makefile"

run:
	@cd "$(HOUSE)" && .ci/setup run
	@cd "$(HOUSE)" && cargo build --release --locked
	@cd "$(HOUSE)" && .ci/show "$(EXAMPLE)"

test:
	@cd "$(HOUSE)" && .ci/setup test
	@cd "$(HOUSE)" && .ci/test
