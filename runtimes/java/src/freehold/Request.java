package freehold;

import com.amazonaws.services.lambda.runtime.Client;
import com.amazonaws.services.lambda.runtime.ClientContext;
import com.amazonaws.services.lambda.runtime.CognitoIdentity;
import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.LambdaLogger;
import java.util.HashMap;
import java.util.Map;

/** The handler's context. */
final class Request implements Context {
    private final Map<String, Object> header;
    private final Log log;
    private final ClientContext clientContext;
    private final CognitoIdentity identity;

    Request(Map<String, Object> header, Log log) {
        this.header = header;
        this.log = log;
        this.clientContext = clientContext(parsed("clientContext"));
        this.identity = identity(parsed("identity"));
    }

    private String text(String name) {
        Object value = header.get(name);
        return value == null ? null : value.toString();
    }

    private Map<String, Object> parsed(String name) {
        String json = text(name);
        return json == null || json.isEmpty() ? null : Json.object(Json.parse(json));
    }

    @Override
    public String getAwsRequestId() {
        return text("requestId");
    }

    @Override
    public String getLogGroupName() {
        return System.getenv("AWS_LAMBDA_LOG_GROUP_NAME");
    }

    @Override
    public String getLogStreamName() {
        return System.getenv("AWS_LAMBDA_LOG_STREAM_NAME");
    }

    @Override
    public String getFunctionName() {
        return System.getenv("AWS_LAMBDA_FUNCTION_NAME");
    }

    @Override
    public String getFunctionVersion() {
        return System.getenv("AWS_LAMBDA_FUNCTION_VERSION");
    }

    @Override
    public String getInvokedFunctionArn() {
        return text("invokedFunctionArn");
    }

    @Override
    public CognitoIdentity getIdentity() {
        return identity;
    }

    @Override
    public ClientContext getClientContext() {
        return clientContext;
    }

    @Override
    public int getRemainingTimeInMillis() {
        long left = ((Number) header.get("deadlineMs")).longValue() - System.currentTimeMillis();
        return (int) Math.max(0, Math.min(left, Integer.MAX_VALUE));
    }

    @Override
    public int getMemoryLimitInMB() {
        return Integer.parseInt(System.getenv("AWS_LAMBDA_FUNCTION_MEMORY_SIZE"));
    }

    @Override
    public LambdaLogger getLogger() {
        return log;
    }

    @Override
    public String getTenantId() {
        return text("tenantId");
    }

    @Override
    public String getXrayTraceId() {
        return text("traceId");
    }

    private static CognitoIdentity identity(Map<String, Object> values) {
        return new CognitoIdentity() {
            @Override
            public String getIdentityId() {
                return values == null ? null : string(values, "cognitoIdentityId");
            }

            @Override
            public String getIdentityPoolId() {
                return values == null ? null : string(values, "cognitoIdentityPoolId");
            }
        };
    }

    private static ClientContext clientContext(Map<String, Object> values) {
        if (values == null) {
            return null;
        }
        Object given = values.get("client");
        Map<String, Object> client = given instanceof Map ? Json.object(given) : null;
        return new ClientContext() {
            @Override
            public Client getClient() {
                return client == null ? null : client(client);
            }

            @Override
            public Map<String, String> getCustom() {
                return strings(values.get("custom"));
            }

            @Override
            public Map<String, String> getEnvironment() {
                return strings(values.get("env"));
            }
        };
    }

    private static Client client(Map<String, Object> values) {
        return new Client() {
            @Override
            public String getInstallationId() {
                return string(values, "installation_id");
            }

            @Override
            public String getAppTitle() {
                return string(values, "app_title");
            }

            @Override
            public String getAppVersionName() {
                return string(values, "app_version_name");
            }

            @Override
            public String getAppVersionCode() {
                return string(values, "app_version_code");
            }

            @Override
            public String getAppPackageName() {
                return string(values, "app_package_name");
            }
        };
    }

    private static String string(Map<String, Object> values, String name) {
        Object value = values.get(name);
        return value == null ? null : value.toString();
    }

    private static Map<String, String> strings(Object values) {
        if (!(values instanceof Map)) {
            return null;
        }
        Map<String, String> result = new HashMap<>();
        Json.object(values).forEach((name, value) -> result.put(name, value == null ? null : value.toString()));
        return result;
    }
}
