using ApiTools.Http;

namespace ApiTools.Core.Tests.Http;

public sealed class ConnectionStoreTests
{
    private readonly Dictionary<string, string> _environment = [];

    private ConnectionStore Store => new(name => _environment.GetValueOrDefault(name));

    [Fact]
    public void Without_a_connection_the_error_says_how_to_connect()
    {
        ApiConnectionException error = Assert.Throws<ApiConnectionException>(() => Store.Get(null));
        Assert.Equal("no_connection", error.Code);
        Assert.Equal("Connect-ApiService -BaseUri https://api.openai.com/v1", error.NextCommand);
        Assert.True(error.EndsCommand);
    }

    [Fact]
    public void The_environment_connects_on_first_use()
    {
        _environment["APITOOLS_BASE_URI"] = "https://host/v1";
        _environment["APITOOLS_API_KEY"] = "the-key";
        _environment["APITOOLS_MODEL"] = "m";
        using ApiConnection connection = Store.Get(null);
        Assert.Equal("https://host/v1", connection.BaseUri.AbsoluteUri);
        Assert.Equal("m", connection.Model);
        Assert.Equal("the-key", connection.KeyText);
    }

    [Fact]
    public void The_key_of_one_family_never_goes_to_the_address_of_another()
    {
        _environment["APITOOLS_BASE_URI"] = "https://other/v1";
        _environment["OPENAI_API_KEY"] = "sk-openai";
        using ApiConnection connection = Store.Get(null);
        Assert.Equal("https://other/v1", connection.BaseUri.AbsoluteUri);
        Assert.False(connection.HasApiKey);
    }

    [Fact]
    public void A_key_without_an_address_is_no_connection()
    {
        _environment["OPENAI_API_KEY"] = "sk-openai";
        ApiConnectionException error = Assert.Throws<ApiConnectionException>(() => Store.Get(null));
        Assert.Equal("OPENAI_API_KEY is set, but OPENAI_BASE_URL is not, and a key is never sent to an address that was not given.", error.Message);
        Assert.Equal("$env:OPENAI_BASE_URL = 'https://api.openai.com/v1'", error.NextCommand);
    }

    [Fact]
    public void A_name_that_is_not_there_is_told_with_those_that_are()
    {
        ConnectionStore store = Store;
        using ApiConnection connection = new(new ApiConnectionOptions { Name = "work", BaseUri = "https://host/v1" });
        store.Set(connection);
        ApiConnectionException error = Assert.Throws<ApiConnectionException>(() => store.Get("home’s"));
        Assert.Equal("There is no connection named 'home’s'. The only one is 'work'.", error.Message);
        Assert.Equal("Connect-ApiService -Name 'home’’s' -BaseUri https://api.openai.com/v1", error.NextCommand);
        using ApiConnection other = new(new ApiConnectionOptions { Name = "play", BaseUri = "https://host/v1" });
        store.Set(other);
        _environment["OPENAI_BASE_URL"] = "https://host/v1";
        error = Assert.Throws<ApiConnectionException>(() => store.Get("home"));
        Assert.Equal("There is no connection named 'home'. There are 'play', 'work'.", error.Message);
        Assert.Equal("Connect-ApiService -Name 'home'", error.NextCommand);
    }

    [Fact]
    public void A_removed_connection_is_gone()
    {
        ConnectionStore store = Store;
        store.Set(new ApiConnection(new ApiConnectionOptions { BaseUri = "https://host/v1" }));
        Assert.True(store.Remove("default"));
        Assert.False(store.Remove("Default"));
        Assert.Throws<ApiConnectionException>(() => store.Get(null));
    }

    [Fact]
    public void No_property_of_a_connection_holds_its_key()
    {
        using ApiConnection connection = new(new ApiConnectionOptions { BaseUri = "https://host/v1", ApiKey = ApiKeys.FromText("the-key") });
        IEnumerable<object?> values = typeof(ApiConnection).GetProperties().Select(property => property.GetValue(connection));
        Assert.DoesNotContain(values, value => value?.ToString()?.Contains("the-key", StringComparison.Ordinal) == true);
    }
}
