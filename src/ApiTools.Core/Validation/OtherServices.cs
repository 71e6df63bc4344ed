namespace ApiTools.Validation;

/// <summary>
/// Where services differ from the table in fact: parameters that others than OpenAI document. They are warnings as any that the page does not
/// document, but no mistyped ones, however near to a documented one they are (top_k is not top_p).
/// </summary>
internal static class OtherServices
{
    /// <summary>The parameters and who knows them.</summary>
    public static IReadOnlyList<(string Name, string Services)> Parameters { get; } =
    [
        ("top_k", "vLLM, llama.cpp, Ollama, OpenRouter"),
        ("top_a", "OpenRouter"),
        ("min_p", "vLLM, llama.cpp, OpenRouter"),
        ("typical_p", "llama.cpp"),
        ("tfs_z", "llama.cpp"),
        ("min_tokens", "vLLM"),
        ("n_predict", "llama.cpp"),
        ("repeat_penalty", "llama.cpp, Ollama"),
        ("repetition_penalty", "vLLM, OpenRouter"),
        ("models", "OpenRouter"),
        ("provider", "OpenRouter"),
        ("thinking", "DeepSeek"),
        ("random_seed", "Mistral"),
        ("safe_prompt", "Mistral"),
        ("prompt_mode", "Mistral"),
    ];

    /// <summary>Who knows a parameter that is not in the table; null where nobody is known to.</summary>
    public static string? Find(string name)
    {
        foreach ((string parameter, string services) in Parameters)
        {
            if (parameter == name)
            {
                return services;
            }
        }
        return null;
    }
}
