namespace ApiTools.Errors;

/// <summary>The names of members that an error's shapes are known by. Their order within a group is that in which they are asked.</summary>
internal enum ErrorField
{
    Error, Fault, Choices, Errors, Detail, Details, Metadata, InnerError, InnerErrorUnderscore, ProviderFields,

    // What happened, in words.
    Message, Msg, ErrorDescription, ErrorMessageUnderscore, ErrorMsg, ErrorMessage, FaultString, Title,

    Code, ErrorCodeUnderscore, ErrorCode,

    Type, ErrorTypeUnderscore, ErrorType, AwsType,

    Status, StatusCode, StatusCodeUnderscore,

    RequestIdUnderscore, RequestId, Id,

    Param, Reason,

    // How long to wait.
    RetryAfterUnderscore, RetryAfter, RetryAfterMs, EstimatedTime,

    // llama.cpp's count of tokens.
    ContextSize, PromptTokens,
}
