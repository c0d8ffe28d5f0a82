# Each target is a verb of resources/setup, which first fetches what is missing.
# Windows has the same: py resources\setup run
.PHONY: run demo test bench pictures lint lock clean
.NOTPARALLEL:

run demo test bench pictures lint lock clean:
	@python3 resources/setup $@
