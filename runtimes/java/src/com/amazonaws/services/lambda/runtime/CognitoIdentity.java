package com.amazonaws.services.lambda.runtime;

/** The identity that authorised the request. */
public interface CognitoIdentity {
    String getIdentityId();

    String getIdentityPoolId();
}
