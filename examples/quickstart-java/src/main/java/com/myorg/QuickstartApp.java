package com.myorg;

import software.amazon.awscdk.App;
import software.amazon.awscdk.Environment;
import software.amazon.awscdk.StackProps;

public class QuickstartApp {
    public static void main(final String[] args) {
        App app = new App();

        new QuickstartStack(app, "Quickstart", StackProps.builder()
                // AMI releases are looked up in an account and Region
                .env(Environment.builder()
                        .account(System.getenv("CDK_DEFAULT_ACCOUNT"))
                        .region(System.getenv("CDK_DEFAULT_REGION"))
                        .build())
                .build());

        app.synth();
    }
}
