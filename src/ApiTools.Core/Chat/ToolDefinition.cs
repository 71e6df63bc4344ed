namespace ApiTools.Chat;

/// <summary>A tool, as the model sees it.</summary>
/// <param name="Name">Its name, one that the API takes.</param>
/// <param name="Description">What it does; null where that is not known.</param>
/// <param name="Parameters">Its parameters.</param>
internal sealed record ToolDefinition(string Name, string? Description, IReadOnlyList<ToolParameter> Parameters);
