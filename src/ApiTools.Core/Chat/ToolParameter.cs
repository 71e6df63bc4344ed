namespace ApiTools.Chat;

/// <summary>A parameter of a tool, as the model sees it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Schema">What its value may be.</param>
/// <param name="IsRequired">Whether each call has to give it.</param>
internal sealed record ToolParameter(string Name, ToolSchema Schema, bool IsRequired);
