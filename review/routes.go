package review

import (
	"net/http"

	"crosscheck/desk"
)

// A route is a kind of request, and who may make it.
type route struct {
	method, pattern string
	role            desk.Role
	do              func(*Server, http.ResponseWriter, *http.Request, desk.Person) error
}

// routes is every request that the pages answer.
var routes = []route{
	{"GET", "/assets/{name}", desk.Nobody, (*Server).asset},
	{"POST", "/look", desk.Nobody, (*Server).look},
	{"GET", "/help", desk.Viewer, (*Server).help},
	{"GET", "/history", desk.Viewer, (*Server).history},
	{"POST", "/acts/{id}/undo", desk.Reviewer, (*Server).undo},
}
