import aws_cdk as core
import aws_cdk.assertions as assertions

from quickstart.quickstart_stack import QuickstartStack

def test_nodes_follow_the_cluster():
    app = core.App()
    stack = QuickstartStack(app, "quickstart", env=core.Environment(account="111122223333", region="us-west-2"))
    template = assertions.Template.from_stack(stack)

    template.has_resource_properties("AWS::EKS::Cluster", {"Version": "1.36"})
    template.all_resources_properties("AWS::EKS::Nodegroup", {"Version": "1.36"})
