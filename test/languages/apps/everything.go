// What everything.ts says, in Go.
package main

import (
	"strings"

	"github.com/aws/aws-cdk-go/awscdk/v2"
	cloudwatch "github.com/aws/aws-cdk-go/awscdk/v2/awscloudwatch"
	ec2 "github.com/aws/aws-cdk-go/awscdk/v2/awsec2"
	eksv1 "github.com/aws/aws-cdk-go/awscdk/v2/awseks"
	eks "github.com/aws/aws-cdk-go/awscdk/v2/awseksv2"
	iam "github.com/aws/aws-cdk-go/awscdk/v2/awsiam"
	kms "github.com/aws/aws-cdk-go/awscdk/v2/awskms"
	lambda "github.com/aws/aws-cdk-go/awscdk/v2/awslambda"
	logs "github.com/aws/aws-cdk-go/awscdk/v2/awslogs"
	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"
	"github.com/cdk-eks-upgrades/cdk-eks-upgrades-go/cdkeksupgrades"
)

func main() {
	defer jsii.Close()

	app := awscdk.NewApp(nil)
	env := &awscdk.Environment{Account: jsii.String("111122223333"), Region: jsii.String("us-west-2")}

	// ── one cluster with all options ──
	stack := awscdk.NewStack(app, jsii.String("Everything"), &awscdk.StackProps{
		Env: env,
	})
	vpc := ec2.NewVpc(stack, jsii.String("Vpc"), &ec2.VpcProps{
		MaxAzs: jsii.Number(2),
	})
	podRole := iam.NewRole(stack, jsii.String("PodRole"), &iam.RoleProps{
		AssumedBy: iam.NewSessionTagsPrincipal(iam.NewServicePrincipal(jsii.String("pods.eks.amazonaws.com"), nil)),
	})
	accountRole := iam.NewRole(stack, jsii.String("AccountRole"), &iam.RoleProps{
		AssumedBy: iam.NewServicePrincipal(jsii.String("pods.eks.amazonaws.com"), nil),
	})

	cdkeksupgrades.UpgradeHandler_Configure(stack, &cdkeksupgrades.UpgradeHandlerOptions{
		Vpc: vpc,
		VpcSubnets: &ec2.SubnetSelection{
			SubnetType: ec2.SubnetType_PRIVATE_WITH_EGRESS,
		},
		SecurityGroups: &[]ec2.ISecurityGroup{
			ec2.NewSecurityGroup(stack, jsii.String("HandlerSecurityGroup"), &ec2.SecurityGroupProps{
				Vpc: vpc,
			}),
		},
		Role: iam.NewRole(stack, jsii.String("HandlerRole"), &iam.RoleProps{
			AssumedBy: iam.NewServicePrincipal(jsii.String("lambda.amazonaws.com"), nil),
		}),
		LogRetention:                 logs.RetentionDays_ONE_YEAR,
		LogEncryptionKey:             kms.NewKey(stack, jsii.String("Key"), nil),
		ReservedConcurrentExecutions: jsii.Number(4),
	})

	cluster := cdkeksupgrades.NewUpgradableCluster(stack, jsii.String("Cluster"), &cdkeksupgrades.UpgradableClusterProps{
		Version:                    eks.KubernetesVersion_Of(jsii.String("1.36")),
		Vpc:                        vpc,
		ClusterName:                jsii.String("everything"),
		DefaultCapacityType:        eks.DefaultCapacityType_NODEGROUP,
		DefaultCapacity:            jsii.Number(0),
		BootstrapSelfManagedAddons: jsii.Bool(false),
		NodeKubernetesVersion:      eks.KubernetesVersion_Of(jsii.String("1.35")),
		SupportType:                cdkeksupgrades.SupportType_STANDARD,
		DeletionProtection:         jsii.Bool(true),
		RollbackTimeout:            awscdk.Duration_Hours(jsii.Number(6)),
		UpgradeGuard: cdkeksupgrades.UpgradeGuard_Enforce(&cdkeksupgrades.UpgradeGuardOptions{
			Ignore: &[]*string{
				jsii.String("free-addresses"),
				jsii.String("insight-age"),
			},
			MaxInsightAge:        awscdk.Duration_Minutes(jsii.Number(30)),
			WaitForOngoingUpdate: awscdk.Duration_Minutes(jsii.Number(5)),
		}),
		ManagedAddOns: &[]cdkeksupgrades.ManagedAddOn{
			cdkeksupgrades.ManagedAddOn_VpcCni(&cdkeksupgrades.ManagedAddOnOptions{
				Version: cdkeksupgrades.AddOnVersion_Latest(),
				ConfigurationValues: &map[string]interface{}{
					"env": map[string]interface{}{
						"ENABLE_PREFIX_DELEGATION": jsii.String("true"),
						"WARM_PREFIX_TARGET":       jsii.String("1"),
					},
					"nodeAgent": map[string]interface{}{
						"enabled": jsii.Bool(true),
					},
				},
				ConflictPolicy:     cdkeksupgrades.AddOnConflictPolicy_OVERWRITE,
				ServiceAccountRole: accountRole,
			}),
			cdkeksupgrades.ManagedAddOn_KubeProxy(&cdkeksupgrades.ManagedAddOnOptions{
				Version:          cdkeksupgrades.AddOnVersion_Pinned(jsii.String("v1.36.0-eksbuild.1")),
				PreserveOnDelete: jsii.Bool(true),
			}),
			cdkeksupgrades.ManagedAddOn_CoreDns(&cdkeksupgrades.ManagedAddOnOptions{
				ConflictPolicy: cdkeksupgrades.AddOnConflictPolicy_NONE,
				NeededByNodes:  jsii.Bool(false),
			}),
			cdkeksupgrades.ManagedAddOn_PodIdentityAgent(nil),
		},
	})
	cluster.AddManagedAddOn(cdkeksupgrades.ManagedAddOn_EbsCsiDriver(&cdkeksupgrades.ManagedAddOnOptions{
		Version:        cdkeksupgrades.AddOnVersion_Recommended(),
		ConflictPolicy: cdkeksupgrades.AddOnConflictPolicy_PRESERVE,
	}))
	cluster.AddManagedAddOn(cdkeksupgrades.ManagedAddOn_Of(jsii.String("aws-efs-csi-driver"), &cdkeksupgrades.ManagedAddOnOptions{
		PodIdentities: &[]*cdkeksupgrades.AddOnPodIdentity{
			&cdkeksupgrades.AddOnPodIdentity{
				ServiceAccount: jsii.String("efs-csi-controller-sa"),
				Role:           podRole,
			},
		},
	}))

	cluster.AddManagedAddOn(cdkeksupgrades.ManagedAddOn_Of(jsii.String("metrics-server"), &cdkeksupgrades.ManagedAddOnOptions{
		Version: cdkeksupgrades.AddOnVersion_KeepWhileCompatible(),
		Scope: awscdk.NewStack(app, jsii.String("AddOns"), &awscdk.StackProps{
			Env: env,
		}),
	}))

	// ── every way to choose a release ──
	checkoutErrors := cloudwatch.NewAlarm(stack, jsii.String("CheckoutErrors"), &cloudwatch.AlarmProps{
		Metric: cloudwatch.NewMetric(&cloudwatch.MetricProps{
			Namespace:  jsii.String("Shop"),
			MetricName: jsii.String("Errors"),
		}),
		Threshold:         jsii.Number(1),
		EvaluationPeriods: jsii.Number(1),
	})
	canary := cluster.AddManagedNodeGroup(jsii.String("Canary"), &cdkeksupgrades.ManagedNodeGroupOptions{
		InstanceTypes: &[]ec2.InstanceType{
			ec2.NewInstanceType(jsii.String("m7i.large")),
		},
	})
	var baked cdkeksupgrades.Bake = canary.Baked(&cdkeksupgrades.BakeOptions{
		Duration: awscdk.Duration_Minutes(jsii.Number(30)),
		Alarms: &[]cloudwatch.IAlarm{
			checkoutErrors,
		},
		OnCreation: jsii.Bool(true),
	})
	pinned := cluster.AddManagedNodeGroup(jsii.String("Pinned"), &cdkeksupgrades.ManagedNodeGroupOptions{
		KubernetesVersion: eks.KubernetesVersion_Of(jsii.String("1.36")),
		AmiTracking:       cdkeksupgrades.AmiTracking_Pinned(jsii.String("1.36.2-20260714")),
		EksAmiType:        cdkeksupgrades.EksAmiType_AL2023_ARM_64_STANDARD(),
		UpgradeAfter: &[]constructs.IConstruct{
			baked,
		},
		UpdateStrategy: cdkeksupgrades.NodeGroupUpdateStrategy_MINIMAL,
		WarmPool: &cdkeksupgrades.WarmPoolOptions{
			MinSize:                  jsii.Number(1),
			MaxGroupPreparedCapacity: jsii.Number(3),
			PoolState:                cdkeksupgrades.WarmPoolState_HIBERNATED,
			ReuseOnScaleIn:           jsii.Bool(true),
		},
		NodeRepair: &cdkeksupgrades.NodeRepairOptions{
			MaxUnhealthyNodeThresholdPercentage: jsii.Number(20),
			MaxParallelNodesRepairedCount:       jsii.Number(1),
			Overrides: &[]*cdkeksupgrades.NodeRepairOverride{
				&cdkeksupgrades.NodeRepairOverride{
					NodeMonitoringCondition: jsii.String("AcceleratedHardwareReady"),
					NodeUnhealthyReason:     jsii.String("NvidiaXID13Error"),
					MinRepairWaitTime:       awscdk.Duration_Minutes(jsii.Number(10)),
					RepairAction:            cdkeksupgrades.NodeRepairAction_REBOOT,
				},
			},
		},
	})
	cdkeksupgrades.NewManagedNodeGroupWithAmiTracking(stack, jsii.String("Promoted"), &cdkeksupgrades.ManagedNodeGroupWithAmiTrackingProps{
		Cluster:     cluster,
		AmiType:     eks.NodegroupAmiType_AL2023_X86_64_STANDARD,
		AmiTracking: cdkeksupgrades.AmiTracking_FromParameter(jsii.String("/platform/eks/1.35/workers")),
		UpgradeAfter: &[]constructs.IConstruct{
			canary,
			pinned,
		},
		UpdateStrategy: cdkeksupgrades.NodeGroupUpdateStrategy_DEFAULT,
		WarmPool: &cdkeksupgrades.WarmPoolOptions{
			PoolState: cdkeksupgrades.WarmPoolState_RUNNING,
		},
		NodeRepair: &cdkeksupgrades.NodeRepairOptions{
			MaxUnhealthyNodeThresholdCount:     jsii.Number(3),
			MaxParallelNodesRepairedPercentage: jsii.Number(50),
			Overrides: &[]*cdkeksupgrades.NodeRepairOverride{
				&cdkeksupgrades.NodeRepairOverride{
					NodeMonitoringCondition: jsii.String("KernelReady"),
					NodeUnhealthyReason:     jsii.String("SoftLockup"),
					MinRepairWaitTime:       awscdk.Duration_Minutes(jsii.Number(30)),
					RepairAction:            cdkeksupgrades.NodeRepairAction_NO_ACTION,
				},
			},
		},
	})
	cdkeksupgrades.NewManagedNodeGroupWithAmiTracking(stack, jsii.String("Floating"), &cdkeksupgrades.ManagedNodeGroupWithAmiTrackingProps{
		Cluster:     cluster,
		EksAmiType:  cdkeksupgrades.EksAmiType_BOTTLEROCKET_X86_64_NVIDIA_FIPS(),
		AmiTracking: cdkeksupgrades.AmiTracking_RecommendedAtDeployment(),
		WarmPool: &cdkeksupgrades.WarmPoolOptions{
			PoolState: cdkeksupgrades.WarmPoolState_STOPPED,
		},
	})
	cdkeksupgrades.NewManagedNodeGroupWithAmiTracking(stack, jsii.String("Windows"), &cdkeksupgrades.ManagedNodeGroupWithAmiTrackingProps{
		Cluster:     cluster,
		EksAmiType:  cdkeksupgrades.EksAmiType_FromApiName(jsii.String("WINDOWS_CORE_2025_x86_64")),
		AmiTracking: cdkeksupgrades.AmiTracking_Recommended(),
	})

	// ── an AMI type that the package does not know ──
	amiType := cdkeksupgrades.EksAmiType_Of(&cdkeksupgrades.EksAmiTypeOptions{
		ApiName:                 jsii.String("AL2027_ARM_64_NEURON"),
		Architecture:            cdkeksupgrades.AmiArchitecture_ARM_64,
		ReleaseVersionScheme:    cdkeksupgrades.ReleaseVersionScheme_AMAZON_LINUX,
		ReleaseVersionParameter: jsii.String("/aws/service/eks/{kubernetesVersion}/al2027/release"),
		ImageIdParameter:        jsii.String("/aws/service/eks/{kubernetesVersion}/al2027/image_id"),
		ReleaseVersionField:     jsii.String("release_version"),
		Family:                  cdkeksupgrades.AmiFamily_OTHER,
		Accelerator:             cdkeksupgrades.AmiAccelerator_NEURON,
		FirstKubernetesVersion:  jsii.String("1.35"),
		LastKubernetesVersion:   jsii.String("1.40"),
	})
	cluster.AddManagedNodeGroup(jsii.String("Newer"), &cdkeksupgrades.ManagedNodeGroupOptions{
		EksAmiType:  amiType,
		AmiTracking: cdkeksupgrades.AmiTracking_Pinned(jsii.String("1.35.9-20270101")),
	})

	// ── images that an organisation bakes ──
	template := ec2.NewLaunchTemplate(stack, jsii.String("Template"), nil)
	cluster.AddManagedNodeGroup(jsii.String("Rolled"), &cdkeksupgrades.ManagedNodeGroupOptions{
		LaunchTemplateSpec: &eks.LaunchTemplateSpec{Id: template.LaunchTemplateId(), Version: template.LatestVersionNumber()},
		Rollout:            jsii.String("ca-2028"),
	})
	golden := cluster.AddManagedNodeGroup(jsii.String("Golden"), &cdkeksupgrades.ManagedNodeGroupOptions{
		GoldenImage: cdkeksupgrades.GoldenImage_FromParameter(jsii.String("/golden/eks/1.36/al2023/x86_64/image_id"), &cdkeksupgrades.GoldenImageOptions{
			Family: cdkeksupgrades.AmiFamily_AMAZON_LINUX_2023,
		}),
		NodeLaunch: &cdkeksupgrades.NodeLaunchOptions{
			ServiceCidr:  jsii.String("172.20.0.0/16"),
			KubeletFlags: jsii.Strings("--node-labels=golden=yes"),
			NodeConfig: &map[string]interface{}{
				"kubelet": map[string]interface{}{"config": map[string]interface{}{"maxPods": 58, "featureGates": map[string]interface{}{"Some": true}}},
			},
			UserDataParts: &[]ec2.MultipartBody{
				ec2.MultipartBody_FromRawBody(&ec2.MultipartBodyOptions{ContentType: jsii.String("text/x-shellscript"), Body: jsii.String("#!/bin/bash")}),
			},
			BlockDevices: &[]*ec2.BlockDevice{{
				DeviceName: jsii.String("/dev/xvda"),
				Volume:     ec2.BlockDeviceVolume_Ebs(jsii.Number(80), &ec2.EbsDeviceOptions{Encrypted: jsii.Bool(true)}),
			}},
			MetadataHopLimit: jsii.Number(3),
			MetadataTokens:   ec2.LaunchTemplateHttpTokens_OPTIONAL,
			SecurityGroups:   &[]ec2.ISecurityGroup{ec2.NewSecurityGroup(stack, jsii.String("NodeSecurityGroup"), &ec2.SecurityGroupProps{Vpc: vpc})},
			KeyPair:          ec2.KeyPair_FromKeyPairName(stack, jsii.String("NodeKey"), jsii.String("ops")),
			InstanceTags:     &map[string]*string{"team": jsii.String("platform"), "cost": jsii.String("42")},
		},
	})
	cluster.AddManagedNodeGroup(jsii.String("GoldenBottlerocket"), &cdkeksupgrades.ManagedNodeGroupOptions{
		GoldenImage: cdkeksupgrades.GoldenImage_Pinned(jsii.String("ami-0123456789abcdef0"), &cdkeksupgrades.GoldenImageOptions{
			Family:            cdkeksupgrades.AmiFamily_BOTTLEROCKET,
			KubernetesVersion: eks.KubernetesVersion_Of(jsii.String("1.35")),
			Architecture:      cdkeksupgrades.AmiArchitecture_ARM_64,
		}),
		NodeLaunch: &cdkeksupgrades.NodeLaunchOptions{
			ClusterEndpoint:             jsii.String("https://api.example.com"),
			ClusterCertificateAuthority: jsii.String("Y2E="),
			BottlerocketSettings: &map[string]interface{}{
				"kubernetes":      map[string]interface{}{"max-pods": 58},
				"host-containers": map[string]interface{}{"admin": map[string]interface{}{"enabled": true}},
			},
		},
	})
	cluster.AddManagedNodeGroup(jsii.String("GoldenWindows"), &cdkeksupgrades.ManagedNodeGroupOptions{
		GoldenImage: cdkeksupgrades.GoldenImage_Pinned(jsii.String("ami-0123456789abcdef1"), &cdkeksupgrades.GoldenImageOptions{
			Family:            cdkeksupgrades.AmiFamily_WINDOWS,
			KubernetesVersion: eks.KubernetesVersion_Of(jsii.String("1.36")),
		}),
		NodeLaunch: &cdkeksupgrades.NodeLaunchOptions{
			PowerShellBefore: jsii.Strings("Write-Host before"),
			PowerShellAfter:  jsii.Strings("Write-Host after"),
		},
	})

	// ── what the package tells ──
	output := func(id string, values ...*string) {
		text := make([]string, len(values))
		for i, value := range values {
			text[i] = *value
		}
		awscdk.NewCfnOutput(stack, &id, &awscdk.CfnOutputProps{Value: jsii.String(strings.Join(text, " "))})
	}
	yes := func(fact bool) *string {
		if fact {
			return jsii.String("yes")
		}
		return jsii.String("no")
	}
	release := cdkeksupgrades.EksAmiType_BOTTLEROCKET_ARM_64().ParseRelease(jsii.String("1.34.0-18d04e52"))
	var older cdkeksupgrades.EksAmiRelease = cdkeksupgrades.EksAmiType_AL2023_X86_64_NVIDIA().ParseRelease(jsii.String("1.36.1-20260601"))
	newer := cdkeksupgrades.EksAmiType_AL2023_X86_64_NVIDIA().ReleaseFromParameterValue(jsii.String("1.36.2-20260714"))
	names := []*string{}
	for _, known := range *cdkeksupgrades.EksAmiType_All() {
		names = append(names, known.ApiName())
	}
	output("AllTypes", names...)
	output("FromL2", cdkeksupgrades.EksAmiType_FromNodegroupAmiType(eks.NodegroupAmiType_AL2023_X86_64_NEURON).ReleaseVersionParameter(jsii.String("1.36")))
	output("ImageId", amiType.ImageIdParameter(jsii.String("1.36")))
	output("Available", yes(*amiType.IsAvailableFor(jsii.String("1.34"))), yes(*amiType.IsAvailableFor(jsii.String("1.36"))), yes(*amiType.IsRelease(jsii.String("1.36.0-20270101"))))
	output("Bounds", amiType.FirstKubernetesVersion(), amiType.LastKubernetesVersion(), amiType.ReleaseVersionField())
	output("OsVersion", release.OsVersion(), release.ReleaseVersion(), cdkeksupgrades.EksAmiType_BOTTLEROCKET_ARM_64().ReleaseNotesUrl(jsii.String("1.34.0-18d04e52")))
	output("Release", newer.KubernetesVersion(), newer.KubernetesPatchVersion(), newer.Date(), yes(*newer.CompareTo(older) > 0))
	output("PinnedGroup", pinned.ReleaseVersion(), pinned.KubernetesVersion(), pinned.ReleaseNotesUrl())
	output("CanaryGroup", canary.ReleaseVersion(), canary.AmiParameterName())
	output("Kinds",
		yes(amiType.Architecture() == cdkeksupgrades.AmiArchitecture_ARM_64), yes(amiType.Family() == cdkeksupgrades.AmiFamily_OTHER), yes(amiType.Accelerator() == cdkeksupgrades.AmiAccelerator_NEURON),
		yes(amiType.ReleaseVersionScheme() == cdkeksupgrades.ReleaseVersionScheme_AMAZON_LINUX), yes(cdkeksupgrades.AmiTracking_Pinned(jsii.String("1.36.2-20260714")).Mode() == cdkeksupgrades.AmiTrackingMode_PINNED),
		yes(cdkeksupgrades.AddOnVersion_Latest().Policy() == cdkeksupgrades.AddOnVersionPolicy_LATEST), yes(cdkeksupgrades.UpgradeGuard_Disabled().Mode() == cdkeksupgrades.UpgradeGuardMode_DISABLED),
		yes(*cdkeksupgrades.ManagedAddOn_KubeProxy(nil).NeededByNodes()), yes(cdkeksupgrades.ManagedAddOn_CoreDns(nil).Version().Policy() == cdkeksupgrades.AddOnVersionPolicy_RECOMMENDED),
		yes(cdkeksupgrades.AddOnVersion_Tracked(&cdkeksupgrades.TrackedAddOnOptions{Choice: cdkeksupgrades.TrackedAddOnChoice_LATEST}).TrackedChoice() == cdkeksupgrades.TrackedAddOnChoice_LATEST),
		yes(cdkeksupgrades.AddOnVersion_Tracked(nil).TrackedChoice() == cdkeksupgrades.TrackedAddOnChoice_RECOMMENDED))
	output("AddOn", cdkeksupgrades.ManagedAddOn_KubeProxy(nil).Name(), cdkeksupgrades.AddOnVersion_Pinned(jsii.String("v1.2.3-eksbuild.1")).Version())

	tracked := cdkeksupgrades.NewTrackedAmiRelease(stack, jsii.String("Tracked"), &cdkeksupgrades.TrackedAmiReleaseProps{
		EksAmiType:        cdkeksupgrades.EksAmiType_BOTTLEROCKET_ARM_64(),
		KubernetesVersion: eks.KubernetesVersion_Of(jsii.String("1.36")),
		AmiTracking:       cdkeksupgrades.AmiTracking_Pinned(jsii.String("1.34.0-18d04e52")),
	})
	output("TrackedRelease", tracked.ReleaseVersion(), tracked.KarpenterAlias(), tracked.KubernetesVersion(), tracked.EksAmiType().ApiName(), tracked.ReleaseNotesUrl())
	output("TrackedImage", tracked.AmiParameterName(), tracked.ImageId())

	image := cdkeksupgrades.NewTrackedGoldenImage(stack, jsii.String("TrackedGolden"), &cdkeksupgrades.TrackedGoldenImageProps{
		GoldenImage: cdkeksupgrades.GoldenImage_Pinned(jsii.String("ami-0123456789abcdef2"), &cdkeksupgrades.GoldenImageOptions{
			Family:            cdkeksupgrades.AmiFamily_BOTTLEROCKET,
			KubernetesVersion: eks.KubernetesVersion_Of(jsii.String("1.36")),
		}),
	})
	output("GoldenGroup", golden.ImageId(), golden.KubernetesVersion(), golden.AmiParameterName())
	output("TrackedGoldenImage", image.ImageId(), image.KubernetesVersion())

	// ── the other guards, and an imported cluster ──
	others := awscdk.NewStack(app, jsii.String("Others"), &awscdk.StackProps{
		Env: env,
	})
	cdkeksupgrades.NewUpgradableCluster(others, jsii.String("Warned"), &cdkeksupgrades.UpgradableClusterProps{
		Version:     eks.KubernetesVersion_Of(jsii.String("1.36")),
		SupportType: cdkeksupgrades.SupportType_EXTENDED,
		UpgradeGuard: cdkeksupgrades.UpgradeGuard_WarnOnly(&cdkeksupgrades.UpgradeGuardOptions{
			Ignore: &[]*string{
				jsii.String("minor-step"),
			},
		}),
	})
	cdkeksupgrades.NewUpgradableCluster(others, jsii.String("Unguarded"), &cdkeksupgrades.UpgradableClusterProps{
		Version:      eks.KubernetesVersion_Of(jsii.String("1.36")),
		UpgradeGuard: cdkeksupgrades.UpgradeGuard_Disabled(),
		ControlPlaneBake: &cdkeksupgrades.BakeOptions{
			Duration: awscdk.Duration_Minutes(jsii.Number(20)),
		},
	})
	cdkeksupgrades.NewUpgradableCluster(others, jsii.String("Scheduled"), &cdkeksupgrades.UpgradableClusterProps{
		Version:                      eks.KubernetesVersion_Of(jsii.String("1.36")),
		ActiveCertificateAuthorityId: jsii.String("ca-2"),
		UpgradePath:                  cdkeksupgrades.UpgradePath_FromFile(jsii.String("no-upgrade-path.json")),
		UpgradeGuard: cdkeksupgrades.UpgradeGuard_Enforce(&cdkeksupgrades.UpgradeGuardOptions{
			Ignore: jsii.Strings("upgrade-insights"),
			Force:  jsii.Bool(true),
			Window: cdkeksupgrades.MaintenanceWindow_Any(cdkeksupgrades.MaintenanceWindow_Weekly(&cdkeksupgrades.WeeklyMaintenanceWindowOptions{
				Days:     jsii.Strings("SAT"),
				Start:    jsii.String("02:00"),
				Duration: awscdk.Duration_Hours(jsii.Number(3)),
				TimeZone: awscdk.TimeZone_EUROPE_BERLIN(),
				Exclude:  jsii.Strings("2026-12-24"),
			})),
			Calendar:  jsii.String("freeze"),
			NotWhile:  &[]cloudwatch.IAlarm{cloudwatch.Alarm_FromAlarmArn(others, jsii.String("Errors"), jsii.String("arn:aws:cloudwatch:us-west-2:111122223333:alarm:errors"))},
			Workloads: jsii.Bool(true),
		}),
	})
	cdkeksupgrades.NewManagedNodeGroupWithAmiTracking(others, jsii.String("Imported"), &cdkeksupgrades.ManagedNodeGroupWithAmiTrackingProps{
		Cluster: eks.Cluster_FromClusterAttributes(others, jsii.String("ImportedCluster"), &eks.ClusterAttributes{
			ClusterName: jsii.String("theirs"),
			Vpc: ec2.NewVpc(others, jsii.String("Vpc"), &ec2.VpcProps{
				MaxAzs: jsii.Number(2),
			}),
		}),
		KubernetesVersion: eks.KubernetesVersion_Of(jsii.String("1.35")),
		NodeRepair: &cdkeksupgrades.NodeRepairOptions{
			Overrides: &[]*cdkeksupgrades.NodeRepairOverride{
				&cdkeksupgrades.NodeRepairOverride{
					NodeMonitoringCondition: jsii.String("NetworkingReady"),
					NodeUnhealthyReason:     jsii.String("InterfaceNotUp"),
					MinRepairWaitTime:       awscdk.Duration_Minutes(jsii.Number(5)),
					RepairAction:            cdkeksupgrades.NodeRepairAction_REPLACE,
				},
			},
		},
	})

	// ── clusters that somebody else makes ──
	existing := awscdk.NewStack(app, jsii.String("Existing"), &awscdk.StackProps{
		Env: env,
	})
	theirVpc := ec2.NewVpc(existing, jsii.String("Vpc"), &ec2.VpcProps{
		MaxAzs: jsii.Number(2),
	})
	group := &cdkeksupgrades.ManagedNodeGroupOptions{
		EksAmiType:  cdkeksupgrades.EksAmiType_AL2023_X86_64_STANDARD(),
		AmiTracking: cdkeksupgrades.AmiTracking_Pinned(jsii.String("1.35.4-20260601")),
	}

	ofAwsEks := cdkeksupgrades.ClusterUpgrades_OfAwsEks(existing, jsii.String("OfAwsEks"), &cdkeksupgrades.AwsEksClusterUpgradesProps{
		Cluster: eksv1.NewCluster(existing, jsii.String("AwsEks"), &eksv1.ClusterProps{
			Version:         eksv1.KubernetesVersion_Of(jsii.String("1.36")),
			Vpc:             theirVpc,
			DefaultCapacity: jsii.Number(0),
			KubectlLayer:    lambda.LayerVersion_FromLayerVersionArn(existing, jsii.String("Kubectl"), jsii.String("arn:aws:lambda:us-west-2:111122223333:layer:kubectl:1")),
		}),
		Version:               eksv1.KubernetesVersion_Of(jsii.String("1.36")),
		NodeKubernetesVersion: eksv1.KubernetesVersion_Of(jsii.String("1.35")),
		ManagedAddOns: &[]cdkeksupgrades.ManagedAddOn{
			cdkeksupgrades.ManagedAddOn_VpcCni(nil),
		},
		UpgradeGuard: cdkeksupgrades.UpgradeGuard_WarnOnly(nil),
		ControlPlaneBake: &cdkeksupgrades.BakeOptions{
			Duration: awscdk.Duration_Minutes(jsii.Number(10)),
		},
	})
	ofAwsEks.AddManagedNodeGroup(jsii.String("Workers"), group)
	ofAwsEks.AddManagedAddOn(cdkeksupgrades.ManagedAddOn_CoreDns(nil))

	ofAwsEksV2 := cdkeksupgrades.ClusterUpgrades_OfAwsEksV2(existing, jsii.String("OfAwsEksV2"), &cdkeksupgrades.AwsEksV2ClusterUpgradesProps{
		Cluster: eks.NewCluster(existing, jsii.String("AwsEksV2"), &eks.ClusterProps{
			Version: eks.KubernetesVersion_Of(jsii.String("1.36")),
			Vpc:     theirVpc,
		}),
		Version:               eks.KubernetesVersion_Of(jsii.String("1.36")),
		NodeKubernetesVersion: eks.KubernetesVersion_Of(jsii.String("1.35")),
		ManagedAddOns: &[]cdkeksupgrades.ManagedAddOn{
			cdkeksupgrades.ManagedAddOn_KubeProxy(nil),
		},
		ControlPlaneBake: &cdkeksupgrades.BakeOptions{
			Duration: awscdk.Duration_Minutes(jsii.Number(10)),
		},
	})
	ofAwsEksV2.AddManagedNodeGroup(jsii.String("Workers"), group)

	ofImported := cdkeksupgrades.ClusterUpgrades_OfImported(existing, jsii.String("OfImported"), &cdkeksupgrades.ImportedClusterUpgradesProps{
		ClusterName:           jsii.String("imported"),
		Version:               eks.KubernetesVersion_Of(jsii.String("1.36")),
		NodeKubernetesVersion: eks.KubernetesVersion_Of(jsii.String("1.35")),
		Vpc:                   theirVpc,
		ManagedAddOns: &[]cdkeksupgrades.ManagedAddOn{
			cdkeksupgrades.ManagedAddOn_CoreDns(nil),
		},
		UpgradeGuard: cdkeksupgrades.UpgradeGuard_Enforce(&cdkeksupgrades.UpgradeGuardOptions{
			Ignore: &[]*string{
				jsii.String("insight-age"),
			},
		}),
	})
	ofImported.AddManagedNodeGroup(jsii.String("Workers"), group)
	awscdk.NewCfnOutput(existing, jsii.String("Upgraded"), &awscdk.CfnOutputProps{
		Value: jsii.String(*ofImported.Cluster().ClusterName() + " " + *ofImported.KubernetesVersion()),
	})

	app.Synth(nil)
}
