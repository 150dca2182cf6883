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
	{"GET", "/{$}", desk.Viewer, (*Server).queue},
	{"GET", "/queue/{way}", desk.Viewer, (*Server).walk},
	{"GET", "/conflicts/{id}", desk.Viewer, (*Server).conflict},
	{"GET", "/documents/{id}", desk.Viewer, (*Server).document},
	{"GET", "/sources", desk.Viewer, (*Server).sources},
	{"GET", "/sources/{id}", desk.Viewer, (*Server).source},
	{"GET", "/claims/{id}", desk.Viewer, (*Server).statement},
	{"GET", "/runs", desk.Viewer, (*Server).nights},
	{"GET", "/runs/{id}", desk.Viewer, (*Server).night},
	{"GET", "/rules", desk.Viewer, (*Server).rules},
	{"GET", "/history", desk.Viewer, (*Server).history},
	{"GET", "/check", desk.Viewer, (*Server).checkForm},
	{"POST", "/check", desk.Viewer, (*Server).checkDraft},
	{"GET", "/help", desk.Viewer, (*Server).help},

	{"POST", "/conflicts/{id}/verdict", desk.Reviewer, (*Server).decide},
	{"POST", "/conflicts/{id}/assign", desk.Reviewer, (*Server).assign},
	{"POST", "/conflicts/{id}/note", desk.Reviewer, (*Server).note},
	{"POST", "/conflicts/{id}/merge", desk.Reviewer, (*Server).merge},
	{"POST", "/conflicts/{id}/split", desk.Reviewer, (*Server).split},
	{"POST", "/conflicts/{id}/mute", desk.Reviewer, (*Server).mute},
	{"POST", "/queue/acts", desk.Reviewer, (*Server).bulk},
	{"POST", "/sources/{id}/mute", desk.Reviewer, (*Server).muteSource},
	{"POST", "/names", desk.Reviewer, (*Server).ruleNames},
	{"POST", "/acts/{id}/undo", desk.Reviewer, (*Server).undo},
	{"POST", "/views", desk.Viewer, (*Server).saveView},

	{"GET", "/assets/{name}", desk.Nobody, (*Server).asset},
	{"POST", "/look", desk.Nobody, (*Server).look},
	{"GET", "/login", desk.Nobody, (*Server).login},
	{"POST", "/login", desk.Nobody, (*Server).signIn},
	{"POST", "/logout", desk.Nobody, (*Server).signOut},
	{"GET", "/account", desk.Viewer, (*Server).account},
	{"POST", "/account", desk.Viewer, (*Server).changeOwn},
	{"GET", "/users", desk.Admin, (*Server).people},
	{"POST", "/users", desk.Admin, (*Server).changeAccount},
}
