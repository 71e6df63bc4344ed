using ApiTools.Errors;

namespace ApiTools;

/// <summary>The simulator cannot do what was asked: it runs already, or does not run.</summary>
public sealed class ApiSimulatorException : ApiException
{
    internal ApiSimulatorException(ApiFailure failure, ErrorCodeInfo info, Exception? innerException)
        : base(failure, info, innerException)
    {
    }
}
