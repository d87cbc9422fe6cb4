package com.amazonaws.services.lambda.runtime;

/** A mobile application and its installation. */
public interface Client {
    String getInstallationId();

    String getAppTitle();

    String getAppVersionName();

    String getAppVersionCode();

    String getAppPackageName();
}
