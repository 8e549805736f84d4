// A Kubernetes API server for tests: etcd, kube-apiserver and the controllers that decide evictions, in one process; and kubectl.
//
//	kubernetes-api serve --dir DIR --port 6443
//	kubernetes-api kubectl --kubeconfig DIR/kubeconfig get pods
package main

import (
	"context"
	"flag"
	"fmt"
	"os"

	"k8s.io/component-base/cli"
	"k8s.io/klog/v2"
	"k8s.io/kubectl/pkg/cmd"
)

func main() {
	if len(os.Args) < 2 {
		fail(fmt.Errorf("say what to run: serve or kubectl"))
	}
	switch command := os.Args[1]; command {
	case "kubectl":
		os.Args = os.Args[1:]
		os.Exit(cli.Run(cmd.NewDefaultKubectlCommand()))
	case "serve":
		flags := flag.NewFlagSet("serve", flag.ExitOnError)
		dir := flags.String("dir", "", "folder of the server's data, certificates and kubeconfig")
		address := flags.String("address", "127.0.0.1", "loopback address that the API server listens on")
		port := flags.Int("port", 6443, "port of the API server; etcd takes the next, the authenticator of EKS tokens the one after")
		_ = flags.Parse(os.Args[2:])
		if *dir == "" {
			fail(fmt.Errorf("--dir is missing"))
		}
		ctx := klog.NewContext(context.Background(), klog.Background())
		if err := serve(ctx, *dir, *address, *port); err != nil {
			fail(err)
		}
	default:
		fail(fmt.Errorf("unknown command %q: serve or kubectl", command))
	}
}

func fail(err error) {
	fmt.Fprintln(os.Stderr, err)
	os.Exit(1)
}
