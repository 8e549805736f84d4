package main

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"

	authentication "k8s.io/api/authentication/v1"
	"k8s.io/client-go/tools/clientcmd"
	"k8s.io/client-go/tools/clientcmd/api"
)

func authenticatorConfig(dir string) string {
	return filepath.Join(dir, "authenticator.kubeconfig")
}

// Takes the place of EKS's authenticator, which asks STS who signed a token: here whoever signed one is in the group
// "eks:<access key>", to which tests bind roles. The form of the token is held to what EKS wants of it.
func startAuthenticator(dir string, port int) error {
	address := fmt.Sprintf("127.0.0.1:%d", port)
	listener, err := net.Listen("tcp", address)
	if err != nil {
		return err
	}
	config := api.NewConfig()
	config.Clusters["authenticator"] = &api.Cluster{Server: "http://" + address}
	config.Contexts["authenticator"] = &api.Context{Cluster: "authenticator"}
	config.CurrentContext = "authenticator"
	if err := clientcmd.WriteToFile(*config, authenticatorConfig(dir)); err != nil {
		return err
	}
	go func() { _ = http.Serve(listener, http.HandlerFunc(review)) }()
	return nil
}

func review(response http.ResponseWriter, request *http.Request) {
	var asked authentication.TokenReview
	if err := json.NewDecoder(request.Body).Decode(&asked); err != nil {
		http.Error(response, err.Error(), http.StatusBadRequest)
		return
	}
	if key, err := signer(asked.Spec.Token); err != nil {
		asked.Status = authentication.TokenReviewStatus{Error: err.Error()}
	} else {
		asked.Status = authentication.TokenReviewStatus{
			Authenticated: true,
			User:          authentication.UserInfo{Username: key, Groups: []string{"eks:" + key}},
		}
	}
	_ = json.NewEncoder(response).Encode(asked)
	fmt.Fprintf(os.Stderr, "token review: %v %s\n", asked.Status.Authenticated, asked.Status.Error)
}

func signer(token string) (string, error) {
	encoded, found := strings.CutPrefix(token, "k8s-aws-v1.")
	if !found {
		return "", fmt.Errorf("no token of EKS")
	}
	decoded, err := base64.RawURLEncoding.DecodeString(encoded)
	if err != nil {
		return "", err
	}
	signed, err := url.Parse(string(decoded))
	if err != nil {
		return "", err
	}
	query := signed.Query()
	if query.Get("Action") != "GetCallerIdentity" || !strings.HasPrefix(signed.Host, "sts.") {
		return "", fmt.Errorf("not a signed GetCallerIdentity: %s %s", signed.Host, query.Get("Action"))
	}
	if !strings.Contains(";"+query.Get("X-Amz-SignedHeaders")+";", ";x-k8s-aws-id;") {
		return "", fmt.Errorf("the header x-k8s-aws-id is not signed: %s", query.Get("X-Amz-SignedHeaders"))
	}
	key, _, _ := strings.Cut(query.Get("X-Amz-Credential"), "/")
	return key, nil
}
