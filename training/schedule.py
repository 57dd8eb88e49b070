"""Warm-up, stable, decay: how far a run is, by the clock or by steps, and the learning rate there."""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(frozen=True)
class Schedule:
    """Ends at `end` seconds of the clock, or at `steps`; the last `decay` (seconds or steps) bring the rate to zero."""

    peak: float
    warmup: int
    decay: float
    end: float | None = None
    steps: int | None = None

    def left(self, step: int) -> float:
        """Seconds or steps until the end."""
        return self.end - time.time() if self.end is not None else float((self.steps or 0) - step)

    def decaying(self, step: int) -> bool:
        """Whether the decay has begun."""
        return self.left(step) <= self.decay

    def done(self, step: int) -> bool:
        """Whether the run is over."""
        return self.left(step) <= 0

    def rate(self, step: int, began: int = 0) -> float:
        """The learning rate at a step, warm-up counted from the step at which the optimizer began."""
        return self.peak * min(1.0, (step - began + 1) / self.warmup, max(0.0, self.left(step)) / self.decay)


def seconds_at(clock: str) -> float:
    """The next moment that a clock shows HH:MM, in seconds since the epoch."""
    hour, minute = map(int, clock.split(":"))
    now = datetime.now()
    moment = now.replace(hour=hour, minute=minute, second=0, microsecond=0)
    return (moment if moment > now else moment + timedelta(days=1)).timestamp()


def make(options: dict[str, float], deadline: str | None, steps: int | None) -> Schedule:
    """A schedule from the [train] settings and either a deadline HH:MM or a number of steps."""
    if deadline:
        return Schedule(
            options["peak_rate"], int(options["warmup_steps"]), options["decay_minutes"] * 60, end=seconds_at(deadline)
        )
    if not steps:
        raise ValueError("give --deadline HH:MM or --steps N: the decay must know when the run ends")
    return Schedule(options["peak_rate"], int(options["warmup_steps"]), steps * options["decay_share"], steps=steps)
