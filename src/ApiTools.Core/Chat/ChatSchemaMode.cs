namespace ApiTools;

/// <summary>How a service is told the schema of an answer.</summary>
public enum ChatSchemaMode
{
    /// <summary>As <c>response_format</c> of type <c>json_schema</c>, strict: the service keeps the answer to the schema, and the schema to its own demands.</summary>
    Strict,

    /// <summary>As <c>response_format</c> of type <c>json_schema</c>, not strict: properties may be left out.</summary>
    Loose,

    /// <summary>As <c>response_format</c> of type <c>json_object</c>, and the schema in the prompt: for services that know no schemas.</summary>
    JsonObject,

    /// <summary>In the prompt alone: for services that know no <c>response_format</c>.</summary>
    Prompt,
}
