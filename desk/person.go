package desk

import "time"

// Role is what somebody may do.
type Role string

// The roles, each with the rights of those before it. A viewer reads; a reviewer
// decides; an admin keeps the accounts. Nobody is who has not said who he is.
const (
	Nobody   Role = ""
	Viewer   Role = "viewer"
	Reviewer Role = "reviewer"
	Admin    Role = "admin"
)

// Roles are all of them that an account can have, the least first.
var Roles = []Role{Viewer, Reviewer, Admin}

// May reports whether a role has the rights of another.
func (r Role) May(o Role) bool { return r.rank() >= o.rank() }

func (r Role) rank() int {
	for i, o := range Roles {
		if r == o {
			return i + 1
		}
	}
	return 0
}

// Person is who asks.
type Person struct {
	Name string `json:"name"`
	Role Role   `json:"role"`
}

// Account is a person with what the keeper of accounts sees.
type Account struct {
	Name     string    `json:"name"`
	Role     Role      `json:"role"`
	Created  time.Time `json:"created"`
	LastSeen time.Time `json:"last_seen,omitzero"`
	Disabled time.Time `json:"disabled,omitzero"`
}

// Owner is who opens the desk by the link that is printed at its start, while
// there are no accounts.
const Owner = "owner"

// Credentials are what a login is held against. The zero value is of nobody.
type Credentials struct {
	Name     string // as it was written when the account was made
	Password string // PHC string of its hash
	Epoch    int    // raised whenever all sessions of the account end
	Disabled bool
}

// Session is a browser that is logged in.
type Session struct {
	Person
	Epoch    int       // of the account, at login; 0 for [Owner]
	Deadline time.Time // when it ends, however much it is used
	Expires  time.Time // when it ends unless it is used before; never after Deadline
}

// Token is what lets a program in, with the rights of an account. Its secret is
// shown once, when it is made.
type Token struct {
	ID    int64     `json:"id"`
	Label string    `json:"label,omitempty"` // what it is for
	Made  time.Time `json:"made"`
	Used  time.Time `json:"used,omitzero"`
}

// Bounds are how often a password may be tried: so often for one name, and so
// often from one address, within a window of time.
type Bounds struct {
	Window            time.Duration
	ByName, ByAddress int
}
