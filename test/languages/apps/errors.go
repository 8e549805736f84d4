// What errors.ts says, in Go.
package main

import (
	"fmt"
	"strings"

	"github.com/aws/aws-cdk-go/awscdk/v2"
	ec2 "github.com/aws/aws-cdk-go/awscdk/v2/awsec2"
	eks "github.com/aws/aws-cdk-go/awscdk/v2/awseksv2"
	"github.com/aws/jsii-runtime-go"
	up "github.com/cdk-eks-upgrades/cdk-eks-upgrades-go/cdkeksupgrades"
)

var app awscdk.App

func newStack() awscdk.Stack {
	app = awscdk.NewApp(nil)
	return awscdk.NewStack(app, jsii.String("Stack"), &awscdk.StackProps{
		Env: &awscdk.Environment{Account: jsii.String("111122223333"), Region: jsii.String("us-west-2")},
	})
}

func clusterIn(stack awscdk.Stack, managedAddOns ...up.ManagedAddOn) up.UpgradableCluster {
	return up.NewUpgradableCluster(stack, jsii.String("Cluster"), &up.UpgradableClusterProps{
		Version:             version("1.36"),
		DefaultCapacityType: eks.DefaultCapacityType_NODEGROUP,
		DefaultCapacity:     jsii.Number(0),
		ManagedAddOns:       &managedAddOns,
	})
}

func version(minor string) eks.KubernetesVersion {
	return eks.KubernetesVersion_Of(&minor)
}

func workers(options *up.ManagedNodeGroupOptions) {
	clusterIn(newStack()).AddManagedNodeGroup(jsii.String("Workers"), options)
}

func attempt(name string, misuse func()) {
	defer func() {
		if message := recover(); message != nil {
			fmt.Printf("%s: %s\n", name, strings.ReplaceAll(fmt.Sprint(message), "\n", " "))
		} else {
			fmt.Printf("%s: nothing was thrown\n", name)
		}
	}()
	misuse()
}

func main() {
	defer jsii.Close()

	attempt("unknown AMI type", func() { up.EksAmiType_FromApiName(jsii.String("AL2024_x86_64")) })
	attempt("malformed release", func() { up.EksAmiType_BOTTLEROCKET_X86_64().ParseRelease(jsii.String("1.36")) })
	attempt("parameter without version", func() {
		up.EksAmiType_Of(&up.EksAmiTypeOptions{
			ApiName: jsii.String("NEW"), Architecture: up.AmiArchitecture_ARM_64, ReleaseVersionScheme: up.ReleaseVersionScheme_BOTTLEROCKET,
			ReleaseVersionParameter: jsii.String("/fixed"),
		})
	})
	attempt("parameter name", func() { up.AmiTracking_FromParameter(jsii.String("no spaces")) })
	attempt("add-on version", func() { up.AddOnVersion_Pinned(jsii.String("1.2.3")) })
	attempt("add-on name", func() { up.ManagedAddOn_Of(jsii.String("core dns"), nil) })
	attempt("insight age", func() {
		up.UpgradeGuard_Enforce(&up.UpgradeGuardOptions{MaxInsightAge: awscdk.Duration_Seconds(jsii.Number(90))})
	})
	attempt("release of another minor", func() {
		workers(&up.ManagedNodeGroupOptions{AmiTracking: up.AmiTracking_Pinned(jsii.String("1.35.4-20260601"))})
	})
	attempt("two AMI types", func() {
		workers(&up.ManagedNodeGroupOptions{AmiType: eks.NodegroupAmiType_AL2023_X86_64_STANDARD, EksAmiType: up.EksAmiType_AL2023_X86_64_STANDARD()})
	})
	attempt("architecture", func() {
		workers(&up.ManagedNodeGroupOptions{
			EksAmiType: up.EksAmiType_AL2023_ARM_64_STANDARD(), InstanceTypes: &[]ec2.InstanceType{ec2.NewInstanceType(jsii.String("m7i.large"))},
		})
	})
	attempt("newer than the cluster", func() { workers(&up.ManagedNodeGroupOptions{KubernetesVersion: version("1.37")}) })
	attempt("floating Windows", func() {
		workers(&up.ManagedNodeGroupOptions{EksAmiType: up.EksAmiType_WINDOWS_CORE_2022_X86_64(), AmiTracking: up.AmiTracking_RecommendedAtDeployment()})
	})
	attempt("warm pool", func() {
		workers(&up.ManagedNodeGroupOptions{WarmPool: &up.WarmPoolOptions{MinSize: jsii.Number(3), MaxGroupPreparedCapacity: jsii.Number(2)}})
	})
	attempt("node repair", func() {
		workers(&up.ManagedNodeGroupOptions{NodeRepair: &up.NodeRepairOptions{
			MaxParallelNodesRepairedCount: jsii.Number(1), MaxParallelNodesRepairedPercentage: jsii.Number(10),
		}})
	})
	attempt("rollback timeout", func() {
		up.NewUpgradableCluster(newStack(), jsii.String("Cluster"), &up.UpgradableClusterProps{
			Version: version("1.36"), RollbackTimeout: awscdk.Duration_Hours(jsii.Number(1)),
		})
	})
	attempt("add-on twice", func() {
		clusterIn(newStack(), up.ManagedAddOn_CoreDns(nil), up.ManagedAddOn_Of(jsii.String("coredns"), nil))
	})
	attempt("handler configured late", func() {
		stack := newStack()
		clusterIn(stack)
		up.UpgradeHandler_Configure(stack, &up.UpgradeHandlerOptions{ReservedConcurrentExecutions: jsii.Number(1)})
	})
	attempt("without environment", func() {
		clusterIn(awscdk.NewStack(awscdk.NewApp(nil), jsii.String("Stack"), nil)).AddManagedNodeGroup(jsii.String("Workers"), nil)
	})
	attempt("found in the finished tree", func() {
		stack := newStack()
		eks.NewAddon(stack, jsii.String("Theirs"), &eks.AddonProps{
			Cluster: clusterIn(stack, up.ManagedAddOn_CoreDns(nil)), AddonName: jsii.String("coredns"),
		})
		app.Synth(nil)
	})

	workers(&up.ManagedNodeGroupOptions{AmiTracking: up.AmiTracking_Pinned(jsii.String("1.34.1-20260601"))})
}
