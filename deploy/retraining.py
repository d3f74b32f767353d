"""Bring what stands here into service, and never make it worse.

`Retraining.train` is `make train`: validate, find or train a candidate, judge it in full, make it
live. `before_serving` is what `make serve` does first: it judges quickly, and whatever goes wrong,
what is live stays live. A refusal is a value, not an error; the cases behind it are said.
"""

from collections.abc import Callable
from pathlib import Path

from deploy import dialogue_baseline, digests, rasa_commands
from deploy.checkout import Checkout
from deploy.digests import Surroundings
from deploy.errors import GateError, ReleaseError
from deploy.examination import Examination
from deploy.gate import Gate, Verdict
from deploy.kept import Kept
from deploy.releases import Release, Releases, draft, now, with_gate
from deploy.training import Candidate, Training
from guidebook.errors import GuidebookError
from guidebook.evaluation.runs import git_commit

Say = Callable[[str], None]


class Retraining:
    """What the commands do, on one checkout. `today` is what stands beside the model now."""

    def __init__(
        self, checkout: Checkout, examination: Examination, today: Surroundings, say: Say
    ) -> None:
        self.releases = Releases(checkout)
        self._checkout = checkout
        self._today = today
        self._say = say
        self._gate = Gate(checkout, examination, say)
        self._training = Training(checkout, say)

    def train(self, accept: str | None = None) -> bool:
        """Make what stands here live if the full gate lets it; False when it refuses. A reason to
        `accept` records what the model reaches as the new baselines first."""
        with self.releases.locked():
            inputs = self._inputs()
            Kept(self._checkout.kept).ensure("validation", (inputs,), self._validate)
            candidate = self._training.candidate(inputs)
            if candidate is not None:
                return self._judge_candidate(candidate, accept)
            known = self._made_from(inputs)
            verdict = self._judge(self.releases.model(known), inputs, accept)
            if verdict.passed:
                self._serve(self._as_of_today(known, verdict, accept), "trained")
            return verdict.passed

    def before_serving(self) -> None:
        """Take a candidate that the quick gate lets pass; raises only when nothing is live."""
        with self.releases.locked():
            inputs = self._inputs()
            live = self.releases.live()
            try:
                candidate = self._training.candidate(inputs)
                if candidate is not None:
                    self._take(candidate, live)
                elif live is None:
                    self._serve(self._made_from(inputs), "nothing else was live")
                else:
                    by_hand = "" if live.model_inputs == inputs else ", chosen by hand"
                    self._say(f"live model: {live.id}{by_hand}")
            except GuidebookError as error:
                if live is None:
                    raise
                self._say(f"{error}\nlive model: {live.id}, as before")

    def use(self, release_id: str | None, anyway: str | None = None) -> bool:
        """Put a release, or the candidate that stands here, through the full gate and make it
        live; False when the gate refuses. A reason to do it `anyway` leaves the gate out."""
        with self.releases.locked():
            inputs = self._inputs()
            if release_id is None:
                candidate = self._training.candidate(inputs)
                if candidate is None:
                    raise ReleaseError(
                        "There is no candidate: every model here is a release already. "
                        "Name one: `guidebook release use ID`."
                    )
                return self._judge_candidate(candidate, None)
            release = self.releases.get(release_id)
            if anyway is None and not self._judge(self.releases.model(release), inputs).passed:
                return False
            self._serve(release, anyway or "chosen by hand")
            return True

    def rollback(self) -> None:
        """Make live again what was live before. No gate: it was served, and this must be quick."""
        with self.releases.locked():
            self._serve(self.releases.previous(), "rollback")

    def _inputs(self) -> str:
        inputs = digests.model_inputs(self._checkout)
        self.releases.adopt(self._today)
        return inputs

    def _validate(self) -> bool:
        self._say("Validating ...")
        rasa_commands.validate(self._checkout)
        return True

    def _judge(self, model: Path, inputs: str, accept: str | None = None) -> Verdict:
        if accept is None:
            verdict = self._gate.judge(model, "full")
        else:
            recorded = {
                "at": now(),
                "reason": accept,
                "commit": git_commit(self._checkout.root),
                "model_inputs": inputs,
                "corpus": self._today.corpus,
            }
            verdict = self._gate.accept(model, recorded)
            self._say(f"New baselines in {self._checkout.baselines}: commit them.")
        self._tell(verdict)
        return verdict

    def _judge_candidate(self, candidate: Candidate, accept: str | None) -> bool:
        verdict = self._judge(candidate.archive, candidate.model_inputs, accept)
        if verdict.passed:
            self._release(candidate, verdict, accept)
        else:
            self._training.set_aside(candidate)
        return verdict.passed

    def _take(self, candidate: Candidate, live: Release | None) -> None:
        """Before serving: judge only where there is something to lose and no verdict yet."""
        if not candidate.own and candidate.model_inputs == self._recorded_inputs():
            self._say("These are the inputs the committed baseline was recorded for: no gate.")
            self._release(candidate, None, None)
        elif live is None:
            self._say("No other model is here, so this one is served without a gate.")
            self._say("`make train` judges it.")
            self._release(candidate, None, None)
        else:
            verdict = self._gate.judge(candidate.archive, "quick")
            self._tell(verdict)
            if verdict.passed:
                self._release(candidate, verdict, None)
                return
            self._training.set_aside(candidate)
            self._say(f"live model: {live.id}, as before; {candidate.origin} is not served")

    def _recorded_inputs(self) -> str | None:
        path = self._checkout.baselines / dialogue_baseline.NAME
        try:
            return dialogue_baseline.load(path).model_inputs
        except GateError:
            return None

    def _release(self, candidate: Candidate, verdict: Verdict | None, accept: str | None) -> None:
        commit = git_commit(self._checkout.root)
        made = draft(candidate.origin, candidate.model_inputs, self._today, commit)
        if verdict is not None:
            made = with_gate(made, verdict.to_json(), accept)
        self._serve(self.releases.make(candidate.archive, made), candidate.origin)
        self._training.forget(candidate)

    def _as_of_today(self, known: Release, verdict: Verdict, accept: str | None) -> Release:
        """The same model as a release of today's texts, with the verdict in it."""
        judged = with_gate(known, verdict.to_json(), accept)
        if known.surroundings == self._today:
            self.releases.note(judged)
            return judged
        made = draft(known.origin, known.model_inputs, self._today, git_commit(self._checkout.root))
        made = with_gate(made, verdict.to_json(), accept)
        return self.releases.make(self.releases.model(known), made)

    def _made_from(self, inputs: str) -> Release:
        """The live release when it is made from these inputs, else the newest that is."""
        live = self.releases.live()
        if live is not None and live.model_inputs == inputs:
            return live
        return [release for release in self.releases.all() if release.model_inputs == inputs][-1]

    def _serve(self, release: Release, reason: str) -> None:
        live = self.releases.live()
        if live is None or live.id != release.id:
            self.releases.switch(release, reason)
        self._say(f"live model: {release.id}")
        if release.corpus != self._today.corpus:
            self._say(
                f"Release {release.id} was judged with another corpus ({release.corpus[:12]}). "
                f"It now answers from today's ({self._today.corpus[:12]})."
            )

    def _tell(self, verdict: Verdict) -> None:
        for line in verdict.lines():
            self._say(line)
