using ApiTools.Errors;

namespace ApiTools.Core.Tests;

public sealed class CatalogTests
{
    [Fact]
    public void The_catalogue_has_the_twelve_documented_codes() => Assert.Equal(12, ApiErrorCatalog.All.Count(info => info.IsDocumented));
}
