package main

import (
	"context"
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"encoding/pem"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"time"

	"go.etcd.io/etcd/server/v3/embed"
	"k8s.io/client-go/kubernetes"
	"k8s.io/client-go/rest"
	"k8s.io/client-go/tools/clientcmd"
	"k8s.io/client-go/tools/clientcmd/api"
	apiserver "k8s.io/kubernetes/cmd/kube-apiserver/app"
)

// The token of the one user that may do everything; a test server listens on the loopback address only.
const adminToken = "admin"

func serve(ctx context.Context, dir, address string, port int) error {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	etcd, err := startEtcd(filepath.Join(dir, "etcd"), port+1)
	if err != nil {
		return err
	}
	if err := startAuthenticator(dir, port+2); err != nil {
		return err
	}
	config := &rest.Config{
		Host:            fmt.Sprintf("https://%s:%d", address, port),
		BearerToken:     adminToken,
		TLSClientConfig: rest.TLSClientConfig{CAFile: filepath.Join(dir, "certificates", "apiserver.crt")},
		QPS:             1000,
		Burst:           2000,
	}
	stopped := make(chan error, 1)
	go func() { stopped <- runAPIServer(dir, address, port, etcd) }()
	go func() {
		if err := waitUntilReady(ctx, config); err != nil {
			stopped <- err
			return
		}
		if err := startControllers(ctx, config); err != nil {
			stopped <- err
			return
		}
		if err := writeKubeconfig(filepath.Join(dir, "kubeconfig"), config); err != nil {
			stopped <- err
			return
		}
		fmt.Println("ready")
	}()
	return <-stopped
}

func startEtcd(dir string, port int) (string, error) {
	config := embed.NewConfig()
	config.Dir = dir
	config.LogLevel = "error"
	config.UnsafeNoFsync = true // nobody needs its data after a crash
	client := url.URL{Scheme: "http", Host: fmt.Sprintf("127.0.0.1:%d", port)}
	peer := url.URL{Scheme: "http", Host: "127.0.0.1:0"}
	config.ListenClientUrls, config.AdvertiseClientUrls = []url.URL{client}, []url.URL{client}
	config.ListenPeerUrls, config.AdvertisePeerUrls = []url.URL{peer}, []url.URL{peer}
	config.InitialCluster = config.InitialClusterFromName(config.Name)
	etcd, err := embed.StartEtcd(config)
	if err != nil {
		return "", err
	}
	select {
	case <-etcd.Server.ReadyNotify():
		return client.String(), nil
	case <-time.After(time.Minute):
		return "", fmt.Errorf("etcd is not ready after a minute")
	}
}

func runAPIServer(dir, address string, port int, etcd string) error {
	key := filepath.Join(dir, "service-account.key")
	if err := writeKey(key); err != nil {
		return err
	}
	tokens := filepath.Join(dir, "tokens.csv")
	if err := os.WriteFile(tokens, []byte(adminToken+",admin,admin,system:masters\n"), 0o600); err != nil {
		return err
	}
	command := apiserver.NewAPIServerCommand()
	command.SetArgs([]string{
		"--etcd-servers=" + etcd,
		"--bind-address=" + address,
		fmt.Sprintf("--secure-port=%d", port),
		"--cert-dir=" + filepath.Join(dir, "certificates"),
		"--service-cluster-ip-range=10.0.0.0/16",
		"--service-account-issuer=https://kubernetes.default.svc",
		"--service-account-key-file=" + key,
		"--service-account-signing-key-file=" + key,
		"--token-auth-file=" + tokens,
		"--authentication-token-webhook-config-file=" + authenticatorConfig(dir),
		"--authentication-token-webhook-version=v1",
		"--authorization-mode=RBAC",
		"--disable-admission-plugins=ServiceAccount", // its controller does not run here
		"--max-requests-inflight=2000",
		"--max-mutating-requests-inflight=1000",
		"--endpoint-reconciler-type=none",
	})
	return command.Execute()
}

func writeKey(file string) error {
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		return err
	}
	block := &pem.Block{Type: "RSA PRIVATE KEY", Bytes: x509.MarshalPKCS1PrivateKey(key)}
	return os.WriteFile(file, pem.EncodeToMemory(block), 0o600)
}

func waitUntilReady(ctx context.Context, config *rest.Config) error {
	var last error
	for started := time.Now(); time.Since(started) < 2*time.Minute; time.Sleep(100 * time.Millisecond) {
		if _, err := os.Stat(config.CAFile); err != nil {
			last = err
			continue
		}
		client, err := kubernetes.NewForConfig(config)
		if err != nil {
			return err
		}
		if last = client.RESTClient().Get().AbsPath("/readyz").Do(ctx).Error(); last == nil {
			return nil
		}
	}
	return fmt.Errorf("the API server is not ready after two minutes: %w", last)
}

func writeKubeconfig(file string, config *rest.Config) error {
	authority, err := os.ReadFile(config.CAFile)
	if err != nil {
		return err
	}
	kubeconfig := api.NewConfig()
	kubeconfig.Clusters["test"] = &api.Cluster{Server: config.Host, CertificateAuthorityData: authority}
	kubeconfig.AuthInfos["admin"] = &api.AuthInfo{Token: config.BearerToken}
	kubeconfig.Contexts["test"] = &api.Context{Cluster: "test", AuthInfo: "admin"}
	kubeconfig.CurrentContext = "test"
	return clientcmd.WriteToFile(*kubeconfig, file)
}
