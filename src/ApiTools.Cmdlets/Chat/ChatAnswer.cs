namespace ApiTools.Cmdlets;

/// <summary>A completion, with the observer that knows whether its text was shown live; null where nothing was sent for it.</summary>
internal sealed record ChatAnswer(ChatCompletion Completion, CmdletObserver? Observer);
