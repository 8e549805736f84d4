package com.myorg;

import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awscdk.App;
import software.amazon.awscdk.Environment;
import software.amazon.awscdk.StackProps;
import software.amazon.awscdk.assertions.Template;

public class QuickstartTest {

    @Test
    public void nodesFollowTheCluster() {
        App app = new App();
        QuickstartStack stack = new QuickstartStack(app, "test", StackProps.builder()
                .env(Environment.builder().account("111122223333").region("us-west-2").build())
                .build());

        Template template = Template.fromStack(stack);

        template.hasResourceProperties("AWS::EKS::Cluster", Map.of("Version", "1.36"));
        template.allResourcesProperties("AWS::EKS::Nodegroup", Map.of("Version", "1.36"));
    }
}
