namespace ApiTools.Http;

/// <summary>A call as <see cref="RetryRunner"/> sees it.</summary>
internal interface IRetriedCall<T>
{
    /// <summary>One try.</summary>
    /// <param name="model">The model to ask.</param>
    /// <param name="elapsed">The time since the call began, of which the limits of the try take account.</param>
    /// <param name="cancellationToken">The caller's.</param>
    /// <exception cref="ApiException">It failed.</exception>
    Task<T> AttemptAsync(string? model, TimeSpan elapsed, CancellationToken cancellationToken);

    /// <summary>
    /// Changes the request so that the same try is worth making again at once and free of charge. Returns what was changed, in words; null where nothing
    /// can be.
    /// </summary>
    string? Mend(string? model, ApiException error);

    /// <summary>Is told of each wait: at its start, then each second, with what is left of it, and with zero at its end.</summary>
    ValueTask WaitingAsync(RetryWait wait, TimeSpan left);

    /// <summary>Is told that an answer, a part of which had come, begins anew.</summary>
    ValueTask RestartingAsync(ApiException error);

    /// <summary>Is told how each try ended, when it is decided what follows it; and of a call that ends without another try, refused or cancelled.</summary>
    /// <param name="end">How it ended.</param>
    /// <param name="value">The result of the try that succeeded; otherwise the default.</param>
    ValueTask EndedAsync(AttemptEnd end, T? value);
}
