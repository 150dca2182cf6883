package store

import (
	"context"
	"time"

	"crosscheck/desk"
)

// Judge gives a verdict on conflicts, in place of the one that they have.
func (s *Store) Judge(ctx context.Context, who string, at time.Time, on []desk.Target, decision desk.Decision) (desk.Act, error) {
	decision, err := decision.Checked()
	if err != nil {
		return desk.Act{}, err
	}
	act := desk.Act{At: at, Who: who, What: desk.GiveVerdict, Note: decision.Note}
	return s.enactOn(ctx, act, on, func(d *deed, ids []int64) error {
		if err := d.notMerged(ids); err != nil {
			return err
		}
		ground, err := grounds(ctx, d.tx, ids)
		if err != nil {
			return err
		}
		for _, id := range ids {
			g := ground[id]
			switch {
			case decision.Stands != "" && decision.Stands != desk.NoneStands && !g.has(decision.Stands):
				return refused("conflict %d has no such answer as the one that is to stand", id)
			case decision.Verdict == desk.Misread && !g.rules[decision.Detail]:
				return refused("no claim of conflict %d was made by the rule %q", id, decision.Detail)
			}
			c := d.change(id)
			c.Verdict, c.Detail, c.Stands, c.Links, c.Note = decision.Verdict, decision.Detail, decision.Stands, decision.Links, decision.Note
			c.Judged, c.Judge, c.Basis = d.act.At, d.act.Who, g.basis()
			c.Reopened, c.Because = time.Time{}, nil
		}
		return nil
	})
}

// notMerged refuses what is to be decided about the conflict that others are
// merged into.
func (d *deed) notMerged(ids []int64) error {
	for _, id := range ids {
		if into := d.at[id].MergedInto; into != "" {
			return refused("conflict %d was merged into conflict %s: decide there", id, into)
		}
	}
	return nil
}

// Assign says who is to look at conflicts, and by when; both in place of what was set.
func (s *Store) Assign(ctx context.Context, who string, at time.Time, on []desk.Target, task desk.Task) (desk.Act, error) {
	return s.enactOn(ctx, desk.Act{At: at, Who: who, What: desk.Assign, Note: task.Note}, on, func(d *deed, ids []int64) error {
		if err := d.notMerged(ids); err != nil {
			return err
		}
		for _, id := range ids {
			t, err := task.Checked(d.at[id].Due, at)
			if err != nil {
				return err
			}
			c := d.change(id)
			c.Assignee, c.Due = t.Assignee, t.Due
		}
		return nil
	})
}

// Note adds a note to the history of conflicts.
func (s *Store) Note(ctx context.Context, who string, at time.Time, on []desk.Target, note string) (desk.Act, error) {
	return s.enactOn(ctx, desk.Act{At: at, Who: who, What: desk.AddNote, Note: note}, on, func(d *deed, ids []int64) error {
		if d.act.Note == "" {
			return refused("the note is empty")
		}
		for _, id := range ids {
			d.change(id)
		}
		return nil
	})
}

// Mute keeps questions out of queue and digests, or lets them in again.
func (s *Store) Mute(ctx context.Context, who string, at time.Time, on []desk.Target, mute bool, note string) (desk.Act, error) {
	what := desk.Mute
	if !mute {
		what = desk.Unmute
	}
	return s.enactOn(ctx, desk.Act{At: at, Who: who, What: what, Note: note}, on, func(d *deed, ids []int64) error {
		for _, id := range ids {
			if d.at[id].Muted == mute {
				continue
			}
			d.change(id).Muted = mute
		}
		if len(d.was) == 0 {
			return refused("nothing to do: it is so already")
		}
		return nil
	})
}
