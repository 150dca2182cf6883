package store_test

import (
	"crypto/sha256"
	"errors"
	"testing"
	"time"

	"crosscheck/desk"
	"crosscheck/store"
)

// morning is when the tests of accounts begin.
var morning = time.Date(2026, 3, 2, 8, 0, 0, 0, time.UTC)

// empty is an empty store.
func empty(t *testing.T) *store.Store {
	t.Helper()
	s, _ := open(t)
	return s
}

func secret(s string) [32]byte { return sha256.Sum256([]byte(s)) }

func TestAccounts(t *testing.T) {
	s, ctx := empty(t), t.Context()
	if has, err := s.HasAccounts(ctx); has || err != nil {
		t.Fatalf("accounts in an empty database: %v, %v", has, err)
	}
	if err := s.AddAccount(ctx, morning, "Zoë", desk.Admin, "hash1"); err != nil {
		t.Fatal(err)
	}
	var refused *desk.Refused
	if err := s.AddAccount(ctx, morning, "ZOE\u0308", desk.Viewer, "hash2"); !errors.As(err, &refused) {
		t.Errorf("two accounts of one name: %v", err)
	}
	if err := s.AddAccount(ctx, morning, "abel", desk.Viewer, "hash3"); err != nil {
		t.Fatal(err)
	}
	c, err := s.Credentials(ctx, " zoë ")
	if want := (desk.Credentials{Name: "Zoë", Password: "hash1", Epoch: 1}); c != want || err != nil {
		t.Errorf("credentials %+v, %v", c, err)
	}
	if c, err := s.Credentials(ctx, "nobody"); c != (desk.Credentials{}) || err != nil {
		t.Errorf("credentials of nobody: %+v, %v", c, err)
	}
	if err := s.Rehash(ctx, "zoë", "hash1", "hash1b"); err != nil {
		t.Fatal(err)
	}
	if err := s.Rehash(ctx, "zoë", "hash1", "too late"); err != nil {
		t.Fatal(err)
	}
	if err := s.SetRole(ctx, "abel", desk.Reviewer); err != nil {
		t.Fatal(err)
	}
	for range 2 {
		if err := s.Disable(ctx, morning.Add(time.Hour), "abel"); err != nil {
			t.Fatal(err)
		}
	}
	all, err := s.Accounts(ctx)
	if err != nil || len(all) != 2 || all[0].Name != "abel" || all[0].Role != desk.Reviewer || !all[0].Disabled.Equal(morning.Add(time.Hour)) ||
		all[1].Name != "Zoë" || !all[1].Disabled.IsZero() || !all[1].Created.Equal(morning) {
		t.Errorf("accounts %+v, %v", all, err)
	}
	if c, err := s.Credentials(ctx, "zoë"); c.Password != "hash1b" || c.Epoch != 1 || err != nil {
		t.Errorf("credentials %+v, %v", c, err)
	}
	var missing *desk.Missing
	for what, err := range map[string]error{
		"password": s.SetPassword(ctx, "cain", "h"), "role": s.SetRole(ctx, "cain", desk.Admin),
		"disable": s.Disable(ctx, morning, "cain"), "enable": s.Enable(ctx, "cain"),
	} {
		if !errors.As(err, &missing) {
			t.Errorf("%s of nobody: %v", what, err)
		}
	}
}

func TestSessions(t *testing.T) {
	s, ctx := empty(t), t.Context()
	session := func(name string, epoch int) desk.Session {
		return desk.Session{Person: desk.Person{Name: name}, Epoch: epoch, Deadline: morning.Add(48 * time.Hour), Expires: morning.Add(time.Hour)}
	}
	valid := func(token string, at time.Time) bool {
		t.Helper()
		_, found, err := s.Session(ctx, at, secret(token))
		if err != nil {
			t.Fatal(err)
		}
		return found
	}
	start := func(token string, of desk.Session) {
		t.Helper()
		if err := s.StartSession(ctx, morning, secret(token), of); err != nil {
			t.Fatal(err)
		}
	}
	start("owner", session(desk.Owner, 0))
	who, found, err := s.Session(ctx, morning, secret("owner"))
	if !found || who.Person != (desk.Person{Name: desk.Owner, Role: desk.Admin}) || err != nil {
		t.Errorf("the owner is %+v, %v", who, err)
	}
	if err := s.AddAccount(ctx, morning, "Zoë", desk.Reviewer, "hash"); err != nil {
		t.Fatal(err)
	}
	if valid("owner", morning) {
		t.Error("the owner's session outlives the first account")
	}

	start("a", session("zoë", 1))
	who, found, err = s.Session(ctx, morning, secret("a"))
	if !found || who.Person != (desk.Person{Name: "Zoë", Role: desk.Reviewer}) || !who.Deadline.Equal(morning.Add(48*time.Hour)) || err != nil {
		t.Errorf("session %+v, %v", who, err)
	}
	if valid("b", morning) || valid("a", morning.Add(61*time.Minute)) {
		t.Error("a foreign or an expired session is valid")
	}
	prolong := func(token string, at time.Time, by time.Duration) {
		t.Helper()
		if err := s.ProlongSession(ctx, at, secret(token), at.Add(by)); err != nil {
			t.Fatal(err)
		}
	}
	prolong("a", morning.Add(30*time.Minute), time.Hour)
	if !valid("a", morning.Add(80*time.Minute)) || valid("a", morning.Add(91*time.Minute)) {
		t.Error("it is not prolonged by what was asked for")
	}
	prolong("a", morning.Add(30*time.Minute), 1000*time.Hour)
	if !valid("a", morning.Add(47*time.Hour)) || valid("a", morning.Add(49*time.Hour)) {
		t.Error("it does not end at its deadline")
	}
	if all, err := s.Accounts(ctx); err != nil || !all[0].LastSeen.Equal(morning.Add(30*time.Minute)) {
		t.Errorf("last seen %v, %v", all, err)
	}

	// What was ended stays ended, whatever was under way.
	if err := s.EndSession(ctx, secret("a")); err != nil {
		t.Fatal(err)
	}
	prolong("a", morning, 2*time.Hour)
	if valid("a", morning) {
		t.Error("prolonging brings back a session that was ended")
	}
	start("c", session("zoë", 1))
	if err := s.SetPassword(ctx, "zoë", "hash2"); err != nil {
		t.Fatal(err)
	}
	if valid("c", morning) {
		t.Error("a session outlives its password")
	}
	start("d", session("zoë", 1))
	if valid("d", morning) {
		t.Error("a login with the old password succeeds after the new one was set")
	}
	start("e", session("zoë", 2))
	if err := s.Disable(ctx, morning, "zoë"); err != nil {
		t.Fatal(err)
	}
	if valid("e", morning) {
		t.Error("a session outlives its account")
	}
	if err := s.Enable(ctx, "zoë"); err != nil {
		t.Fatal(err)
	}
	if valid("e", morning) {
		t.Error("enabling brings back sessions")
	}
	start("f", session("nobody", 1))
	if valid("f", morning) {
		t.Error("nobody has a session")
	}
}

func TestTokens(t *testing.T) {
	s, ctx := empty(t), t.Context()
	for _, name := range []string{"zoë", "abel"} {
		if err := s.AddAccount(ctx, morning, name, desk.Reviewer, "hash"); err != nil {
			t.Fatal(err)
		}
	}
	first, err := s.AddToken(ctx, morning, "zoë", secret("one"), "Grafana")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.AddToken(ctx, morning, "abel", secret("two"), ""); err != nil {
		t.Fatal(err)
	}
	by := func(token string) string {
		t.Helper()
		who, found, err := s.ByToken(ctx, morning.Add(time.Minute), secret(token))
		if err != nil || found != (who.Name != "") || found && who.Role != desk.Reviewer {
			t.Errorf("%+v, %v, %v", who, found, err)
		}
		return who.Name
	}
	if by("one") != "zoë" || by("two") != "abel" || by("three") != "" {
		t.Error("tokens are taken for others'")
	}
	if list, err := s.Tokens(ctx, "zoë"); err != nil || len(list) != 1 || list[0].Label != "Grafana" || !list[0].Used.Equal(morning.Add(time.Minute)) {
		t.Errorf("tokens %+v, %v", list, err)
	}
	var missing *desk.Missing
	if err := s.RevokeToken(ctx, "abel", first); !errors.As(err, &missing) || by("one") != "zoë" {
		t.Errorf("abel revokes what is not his: %v", err)
	}
	if err := s.RevokeToken(ctx, "zoë", first); err != nil || by("one") != "" {
		t.Errorf("a revoked token opens: %v", err)
	}
	if err := s.Disable(ctx, morning, "abel"); err != nil || by("two") != "" {
		t.Errorf("a token of a disabled account opens: %v", err)
	}
	if _, err := s.AddToken(ctx, morning, "abel", secret("four"), ""); !errors.As(err, &missing) {
		t.Errorf("a disabled account gets a token: %v", err)
	}
}

func TestAttemptsAreBounded(t *testing.T) {
	s, ctx := empty(t), t.Context()
	bounds := desk.Bounds{Window: 15 * time.Minute, ByName: 3, ByAddress: 5}
	attempt := func(minute int, name, address string) time.Time {
		t.Helper()
		again, err := s.Attempt(ctx, morning.Add(time.Duration(minute)*time.Minute), name, address, bounds)
		if err != nil {
			t.Fatal(err)
		}
		return again
	}
	for i := range 3 {
		if again := attempt(i, "zoë", "a"); !again.IsZero() {
			t.Errorf("attempt %d has to wait until %s", i, again)
		}
	}
	for i := 3; i < 15; i++ {
		if again := attempt(i, "ZOË", "b"); !again.Equal(morning.Add(15 * time.Minute)) {
			t.Errorf("at minute %d it has to wait until %s", i, again)
		}
	}
	// The first has left the window, and what was refused does not count.
	if again := attempt(16, "zoë", "b"); !again.IsZero() {
		t.Errorf("it still has to wait until %s", again)
	}
	for _, name := range []string{"p", "q", "r", "s"} {
		if again := attempt(16, name, "b"); !again.IsZero() {
			t.Errorf("%s has to wait until %s", name, again)
		}
	}
	if again := attempt(17, "u", "b"); !again.Equal(morning.Add(31 * time.Minute)) {
		t.Errorf("the address has to wait until %s", again)
	}
	if again := attempt(17, "u", "c"); !again.IsZero() {
		t.Errorf("another address has to wait until %s", again)
	}
	if err := s.ForgetAttempts(ctx, "p", "b"); err != nil {
		t.Fatal(err)
	}
	if again := attempt(17, "u", "b"); !again.IsZero() {
		t.Errorf("after a login the address has to wait until %s", again)
	}
}

// Those who try at the same moment are counted as those who try in turn.
func TestAttemptsAtOnce(t *testing.T) {
	s, ctx := empty(t), t.Context()
	type outcome struct {
		again time.Time
		err   error
	}
	outcomes := make(chan outcome)
	for range 12 {
		go func() {
			again, err := s.Attempt(ctx, morning, "zoë", "a", desk.Bounds{Window: time.Minute, ByName: 4, ByAddress: 100})
			outcomes <- outcome{again, err}
		}()
	}
	let := 0
	for range 12 {
		o := <-outcomes
		if o.err != nil {
			t.Error(o.err)
		} else if o.again.IsZero() {
			let++
		}
	}
	if let != 4 {
		t.Errorf("%d may try; want 4", let)
	}
}

func TestOpenings(t *testing.T) {
	s, ctx := empty(t), t.Context()
	for _, name := range []string{"a", "b", "c"} {
		if err := s.AddOpening(ctx, morning, secret(name), morning.Add(15*time.Minute)); err != nil {
			t.Fatal(err)
		}
	}
	take := func(name string, minute int) bool {
		t.Helper()
		opens, err := s.TakeOpening(ctx, morning.Add(time.Duration(minute)*time.Minute), secret(name))
		if err != nil {
			t.Fatal(err)
		}
		return opens
	}
	if take("x", 1) || !take("a", 1) || take("a", 1) || take("b", 16) {
		t.Error("a link opens that is unknown, used or expired, or one does not that is good")
	}
	if err := s.AddAccount(ctx, morning, "zoë", desk.Admin, "hash"); err != nil {
		t.Fatal(err)
	}
	if take("c", 1) {
		t.Error("a link opens although there is an account")
	}
}
