package review

import (
	"net/http"
	"strings"

	"crosscheck/desk"
)

// A route is a kind of request, and who may make it.
type route struct {
	method, pattern string
	role            desk.Role
	do              func(*Server, http.ResponseWriter, *http.Request, desk.Person) error
}

// routes is every request that the pages and the API answer.
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

	{"GET", "/api/v1/queue", desk.Viewer, told((*Server).tellQueue, filterNames...)},
	{"GET", "/api/v1/choices", desk.Viewer, told((*Server).tellChoices)},
	{"GET", "/api/v1/conflicts/{id}", desk.Viewer, told((*Server).tellConflict)},
	{"GET", "/api/v1/documents/{id}", desk.Viewer, told((*Server).tellDocument, "version", "against")},
	{"GET", "/api/v1/sources", desk.Viewer, told((*Server).tellSources)},
	{"GET", "/api/v1/sources/{id}", desk.Viewer, told((*Server).tellSource)},
	{"GET", "/api/v1/claims/{id}", desk.Viewer, told((*Server).tellClaim)},
	{"GET", "/api/v1/rules", desk.Viewer, told((*Server).tellRules)},
	{"GET", "/api/v1/runs", desk.Viewer, told((*Server).tellRuns, "size")},
	{"GET", "/api/v1/runs/{id}", desk.Viewer, told((*Server).tellRun)},
	{"GET", "/api/v1/acts", desk.Viewer, told((*Server).tellActs, "after", "size")},
	{"GET", "/api/v1/me", desk.Viewer, told((*Server).tellMe)},
	{"GET", "/api/v1/views", desk.Viewer, told((*Server).tellViews)},
	{"PUT", "/api/v1/views/{name}", desk.Viewer, sent((*Server).sendView)},
	{"DELETE", "/api/v1/views/{name}", desk.Viewer, (*Server).dropView},
	{"POST", "/api/v1/check", desk.Viewer, sent((*Server).tellCheck)},
	{"POST", "/api/v1/conflicts/{id}/verdict", desk.Reviewer, sent((*Server).sendVerdict)},
	{"POST", "/api/v1/conflicts/{id}/assign", desk.Reviewer, sent((*Server).sendTask)},
	{"POST", "/api/v1/conflicts/{id}/note", desk.Reviewer, sent((*Server).sendNote)},
	{"POST", "/api/v1/conflicts/{id}/merge", desk.Reviewer, sent((*Server).sendMerger)},
	{"POST", "/api/v1/conflicts/{id}/split", desk.Reviewer, sent((*Server).sendSplit)},
	{"POST", "/api/v1/conflicts/{id}/mute", desk.Reviewer, sent((*Server).sendMute)},
	{"POST", "/api/v1/queue/acts", desk.Reviewer, sent((*Server).sendBulk)},
	{"POST", "/api/v1/sources/{id}/mute", desk.Reviewer, sent((*Server).sendSourceMute)},
	{"POST", "/api/v1/names", desk.Reviewer, sent((*Server).sendNames)},
	{"POST", "/api/v1/acts/{id}/undo", desk.Reviewer, sent((*Server).sendUndo)},
	{"GET", "/api/v1/accounts", desk.Admin, told((*Server).tellAccounts)},
	{"POST", "/api/v1/accounts", desk.Admin, sent((*Server).sendAccount)},
	{"PATCH", "/api/v1/accounts/{name}", desk.Admin, sent((*Server).sendKeeping)},
	{"GET", "/api/v1/tokens", desk.Viewer, told((*Server).tellTokens)},
	{"POST", "/api/v1/tokens", desk.Viewer, sent((*Server).sendToken)},
	{"DELETE", "/api/v1/tokens/{id}", desk.Viewer, (*Server).dropToken},
	{"GET", "/api/v1/openapi.yaml", desk.Nobody, (*Server).describe},
	{"GET", "/api/v1/openapi.json", desk.Nobody, (*Server).describeJSON},
}

// Pages are the patterns of all pages that people read, for whoever wants to see
// each of them.
func Pages() (patterns []string) {
	for _, rt := range routes {
		if rt.method == http.MethodGet && !strings.HasPrefix(rt.pattern, "/assets/") && !strings.HasPrefix(rt.pattern, "/queue/") && !strings.HasPrefix(rt.pattern, "/api/") {
			patterns = append(patterns, rt.pattern)
		}
	}
	return patterns
}
