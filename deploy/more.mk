# Targets beside the daily ones, included by the Makefile.
.PHONY: test-product test-parts test-rasa evaluate backup doctor pins bench bench-big test-scale docs bundle test-bundle

evaluate: index ## ask every examination question and print the figures
	$(APP)/guidebook evaluate overlap
	$(APP)/guidebook evaluate run
	$(APP)/guidebook evaluate score

backup: setup ## copy receipts, feedback and secrets into var/backups/; never conversations
	@$(APP)/guidebook backup make

doctor: setup ## look at versions, models, index, disk, ports
	@$(APP)/guidebook doctor

pins: setup-dev ## write requirements/*.txt from what is installed
	$(APP)/python -m deploy.pins
	$(RASA)/python -m deploy.pins

WHOLE := tests/end_to_end tests/widget

test-product: # the whole product, in a browser too: one stack serves all of it
	$(APP)/python -m deploy.chromium
	@# Nothing there uses hypothesis, whose plugin would be imported last: Python 3.11.7 can trip over that (CPython #106905).
	$(APP)/pytest -p no:hypothesispytest $(WHOLE)

test-parts: # the parts by themselves, on the newer Python
	$(APP)/pytest --ignore=tests/bot $(WHOLE:%=--ignore=%)

test-rasa: # what runs inside Rasa
	$(RASA)/python -m pytest -c tests/bot/pytest.ini tests/bot

test-scale: train ## two cells, PostgreSQL, Redis, nginx: writes docs/scale.md
	$(APP)/pytest -m scale tests/scale

.venv-peers/.installed: requirements/peers.txt
	[ -x .venv-peers/bin/python ] || $(PY311) -m venv .venv-peers
	.venv-peers/bin/python $(PIP) -r $<
	@touch $@

bench: train .venv-peers/.installed ## beside other systems, a turn's cost, growth: over two hours; writes docs/
	$(APP)/python -m benchmarks.peer_judge
	$(APP)/python -m benchmarks.turn_cost --train
	$(APP)/python -m benchmarks.growth $(BIG)
	.venv-peers/bin/python -m benchmarks.plots

bench-big: BIG := --big
bench-big: bench ## the same with a million vectors

docs: setup-dev ## the documentation as a site, in results/docs/
	@$(APP)/python -m deploy.cli_reference
	@$(APP)/python -m deploy.docs_site

bundle: train ## all that a laptop without network needs, in results/bundle/
	@$(APP)/python -m deploy.bundle

test-bundle: bundle ## install it and ask, where no network is
	$(APP)/pytest -m bundle tests/scale
