package main

import (
	"testing"

	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/assertions"
	"github.com/aws/jsii-runtime-go"
)

func TestNodesFollowTheCluster(t *testing.T) {
	app := awscdk.NewApp(nil)

	stack := NewQuickstartStack(app, "MyStack", &QuickstartStackProps{
		awscdk.StackProps{
			Env: &awscdk.Environment{Account: jsii.String("111122223333"), Region: jsii.String("us-west-2")},
		},
	})

	template := assertions.Template_FromStack(stack, nil)
	template.HasResourceProperties(jsii.String("AWS::EKS::Cluster"), map[string]interface{}{"Version": "1.36"})
	template.AllResourcesProperties(jsii.String("AWS::EKS::Nodegroup"), map[string]interface{}{"Version": "1.36"})
}
