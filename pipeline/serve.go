package pipeline

import (
	"context"

	"github.com/jackc/pgx/v5"

	"crosscheck/store"
)

// StartDue starts the run of a slot of a schedule, unless another process has
// taken the slot: the slot, the run and its first jobs are one transaction.
func (c *Crew) StartDue(ctx context.Context, slot store.Slot, origins []Origin) error {
	var run int64
	var taken bool
	err := c.Store.Within(ctx, func(tx pgx.Tx) (err error) {
		taken, err = store.TakeSlot(ctx, tx, slot, c.now(), func() (int64, error) {
			run, err = c.StartRun(ctx, tx, origins)
			return run, err
		})
		return err
	})
	if err == nil && taken {
		c.log().Info("a run has begun", "run", run, "schedule", slot.Schedule, "due", slot.Due, "skipped", len(slot.Skipped))
	}
	return err
}

// KeepSchedules makes the schedules known of a server that begins.
func (c *Crew) KeepSchedules(ctx context.Context, tables []store.Timetable) error {
	return c.Store.Within(ctx, func(tx pgx.Tx) error { return store.KeepSchedules(ctx, tx, tables, c.now()) })
}
