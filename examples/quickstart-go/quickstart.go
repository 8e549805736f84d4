package main

import (
	"os"

	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awseksv2"
	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"
	"github.com/cdk-eks-upgrades/cdk-eks-upgrades-go/cdkeksupgrades"
)

type QuickstartStackProps struct {
	awscdk.StackProps
}

func NewQuickstartStack(scope constructs.Construct, id string, props *QuickstartStackProps) awscdk.Stack {
	var sprops awscdk.StackProps
	if props != nil {
		sprops = props.StackProps
	}
	stack := awscdk.NewStack(scope, &id, &sprops)

	cluster := cdkeksupgrades.NewUpgradableCluster(stack, jsii.String("Cluster"), &cdkeksupgrades.UpgradableClusterProps{
		Version:                    awseksv2.KubernetesVersion_Of(jsii.String("1.36")), // change it, `cdk diff`, `cdk deploy`
		Vpc:                        awsec2.NewVpc(stack, jsii.String("Vpc"), &awsec2.VpcProps{MaxAzs: jsii.Number(2)}),
		DefaultCapacityType:        awseksv2.DefaultCapacityType_NODEGROUP,
		DefaultCapacity:            jsii.Number(0),
		BootstrapSelfManagedAddons: jsii.Bool(false), // a new cluster: EKS leaves these add-ons to us
		ManagedAddOns: &[]cdkeksupgrades.ManagedAddOn{
			cdkeksupgrades.ManagedAddOn_VpcCni(nil),
			cdkeksupgrades.ManagedAddOn_KubeProxy(nil),
			cdkeksupgrades.ManagedAddOn_CoreDns(nil),
		},
	})

	cluster.AddManagedNodeGroup(jsii.String("Workers"), &cdkeksupgrades.ManagedNodeGroupOptions{
		InstanceTypes: &[]awsec2.InstanceType{awsec2.NewInstanceType(jsii.String("m7i.large"))},
	})

	cluster.AddManagedNodeGroup(jsii.String("Bottlerocket"), &cdkeksupgrades.ManagedNodeGroupOptions{
		EksAmiType:    cdkeksupgrades.EksAmiType_BOTTLEROCKET_ARM_64(),
		InstanceTypes: &[]awsec2.InstanceType{awsec2.NewInstanceType(jsii.String("m7g.large"))},
	})

	// the construct by itself takes any cluster, imported ones too
	cdkeksupgrades.NewManagedNodeGroupWithAmiTracking(stack, jsii.String("Gpu"), &cdkeksupgrades.ManagedNodeGroupWithAmiTrackingProps{
		Cluster:       cluster,
		EksAmiType:    cdkeksupgrades.EksAmiType_AL2023_X86_64_NVIDIA(),
		InstanceTypes: &[]awsec2.InstanceType{awsec2.NewInstanceType(jsii.String("g6.xlarge"))},
	})

	return stack
}

func main() {
	defer jsii.Close()

	app := awscdk.NewApp(nil)

	NewQuickstartStack(app, "Quickstart", &QuickstartStackProps{
		awscdk.StackProps{
			Env: env(),
		},
	})

	app.Synth(nil)
}

// env is the account and Region in which AMI releases are looked up.
func env() *awscdk.Environment {
	return &awscdk.Environment{
		Account: jsii.String(os.Getenv("CDK_DEFAULT_ACCOUNT")),
		Region:  jsii.String(os.Getenv("CDK_DEFAULT_REGION")),
	}
}
