namespace ApiTools.Cmdlets;

/// <summary>A completion, with the observer that knows whether its text was shown live.</summary>
internal sealed record ChatAnswer(ChatCompletion Completion, CmdletObserver Observer);
