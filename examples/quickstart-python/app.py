#!/usr/bin/env python3
import os

import aws_cdk as cdk

from quickstart.quickstart_stack import QuickstartStack


app = cdk.App()
QuickstartStack(app, "Quickstart",
    # AMI releases are looked up in an account and Region
    env=cdk.Environment(account=os.getenv("CDK_DEFAULT_ACCOUNT"), region=os.getenv("CDK_DEFAULT_REGION")),
    )

app.synth()
