package pipeline

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/riverqueue/river"
	"github.com/riverqueue/river/rivertype"

	"crosscheck/store"
)

// Jobs whose worker is dead stay "running" for ever, unless somebody looks. Each
// crew says at intervals that it is alive, and looks for the jobs of those that
// no longer do. It looks for its own too: where the database went away while it
// handed out a job, that job runs, and nobody has it in hand.

// keep says that the crew is alive, and takes over from the dead.
func (c *Crew) keep(ctx context.Context) {
	every := time.NewTicker(c.lease() / 3)
	defer every.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-every.C:
		}
		if err := c.Store.Beat(ctx, c.client.ID(), c.Host); err != nil {
			c.complain(ctx, err)
			continue
		}
		if err := c.takeOver(ctx); err != nil {
			c.complain(ctx, err)
		}
	}
}

func (c *Crew) complain(ctx context.Context, err error) {
	if ctx.Err() == nil {
		c.log().Warn("the jobs of dead workers could not be looked for", "error", err)
	}
}

// orphaned are the running jobs that nobody works on and nobody has taken over.
const orphaned = `state = 'running' AND NOT metadata ? 'cancel_attempted_at'
AND (attempted_by[array_upper(attempted_by, 1)] <> ALL(@alive::text[])
     OR attempted_by[array_upper(attempted_by, 1)] = @self AND id <> ALL(@in_hand::bigint[])
        AND attempted_at < now() - make_interval(secs => @lease))`

// takeOver inserts for each orphaned job another one like it, and cancels the
// old one, in one transaction. Should the old one's worker live after all, both
// are done, and count once.
func (c *Crew) takeOver(ctx context.Context) error {
	var taken, lost int
	err := c.Store.Within(ctx, func(tx pgx.Tx) error {
		taken, lost = 0, 0
		alone, err := store.AloneAtOrphans(ctx, tx)
		if err != nil || !alone {
			return err
		}
		alive, err := store.Alive(ctx, tx, c.lease())
		if err != nil {
			return err
		}
		inHand := []int64{}
		c.inHand.Range(func(id, _ any) bool { inHand = append(inHand, id.(int64)); return true })
		found, err := c.client.JobListTx(ctx, tx, river.NewJobListParams().States(rivertype.JobStateRunning).First(1000).Where(orphaned,
			river.NamedArgs{"alive": alive, "self": c.client.ID(), "in_hand": inHand, "lease": c.lease().Seconds()}))
		if err != nil {
			return fmt.Errorf("list the jobs of dead workers: %w", err)
		}
		for _, job := range found.Jobs {
			dead := job.AttemptedBy[len(job.AttemptedBy)-1] != c.client.ID()
			jobs, err := again(job, dead)
			if err != nil {
				return err
			}
			if _, err := c.client.JobCancelTx(ctx, tx, job.ID); err != nil {
				return fmt.Errorf("cancel the job of a dead worker: %w", err)
			}
			if _, err := c.client.InsertManyTx(ctx, tx, jobs); err != nil {
				return fmt.Errorf("take over the job of a dead worker: %w", err)
			}
			taken++
			if dead {
				lost++
			}
		}
		return nil
	})
	if err == nil && taken > 0 {
		c.log().Warn("took over jobs that nobody worked on", "jobs", taken, "of dead workers", lost)
	}
	return err
}

// again is the jobs by which a job is done again. A document that ended its worker
// is not tried for ever, and not again with others.
func again(job *rivertype.JobRow, dead bool) ([]river.InsertManyParams, error) {
	switch job.Kind {
	case listArgs{}.Kind():
		return same[listArgs](job)
	case documentArgs{}.Kind():
		var a documentArgs
		if err := json.Unmarshal(job.EncodedArgs, &a); err != nil || !dead {
			return []river.InsertManyParams{{Args: a}}, err
		}
		return a.apart(a.Files, a.Tried, a.Lost+1), nil
	case rereadArgs{}.Kind():
		var a rereadArgs
		err := json.Unmarshal(job.EncodedArgs, &a)
		if dead {
			a.Lost++
		}
		return []river.InsertManyParams{{Args: a}}, err
	case compareArgs{}.Kind():
		return same[compareArgs](job)
	case tellArgs{}.Kind():
		return same[tellArgs](job)
	case deliverArgs{}.Kind():
		return same[deliverArgs](job)
	}
	return nil, fmt.Errorf("job %d is of kind %q, which this program does not know", job.ID, job.Kind)
}

func same[T river.JobArgs](job *rivertype.JobRow) ([]river.InsertManyParams, error) {
	var a T
	err := json.Unmarshal(job.EncodedArgs, &a)
	return []river.InsertManyParams{{Args: a}}, err
}
