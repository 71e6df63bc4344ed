BeforeAll {
    Import-Module "$PSScriptRoot/../../out/ApiTools"
    $simulator = Start-ApiSimulator -PassThru
    $uri = "$($simulator.BaseUri)"
    $variables = 'APITOOLS_BASE_URI', 'APITOOLS_API_KEY', 'APITOOLS_MODEL', 'OPENAI_BASE_URL', 'OPENAI_API_KEY'
    $saved = @{}
    foreach ($name in $variables) { $saved[$name] = [Environment]::GetEnvironmentVariable($name) }
}

AfterAll {
    foreach ($name in $variables) { [Environment]::SetEnvironmentVariable($name, $saved[$name]) }
    Get-ApiConnection | Disconnect-ApiService
    Stop-ApiSimulator
}

Describe 'Connect-ApiService' {
    BeforeEach {
        Get-ApiConnection | Disconnect-ApiService
        foreach ($name in $variables) { [Environment]::SetEnvironmentVariable($name, $null) }
    }

    It 'takes a key as <Name>' -TestCases @(
        @{ Name = 'a string'; Key = { $args[0] } }
        @{ Name = 'a SecureString'; Key = { ConvertTo-SecureString $args[0] -AsPlainText -Force } }
        @{ Name = 'a PSCredential'; Key = { [pscredential]::new('me', (ConvertTo-SecureString $args[0] -AsPlainText -Force)) } }
    ) {
        Connect-ApiService -BaseUri $uri -ApiKey (& $Key $simulator.ApiKey) -Model gpt-4o
        (Invoke-ApiChat 'Hello').FinishReason | Should -Be 'stop'
        Get-ApiConnection | Format-List * -Force | Out-String | Should -Not -Match $simulator.ApiKey
    }

    It 'takes the simulator from the pipeline' {
        $simulator | Connect-ApiService -Model gpt-4o -PassThru | ForEach-Object HasApiKey | Should -BeTrue
    }

    It 'writes nothing, but the connection with -PassThru or -Test' {
        Connect-ApiService -Simulator | Should -BeNullOrEmpty
        Connect-ApiService -Simulator -PassThru | Should -BeOfType ([ApiTools.ApiConnection])
        (Connect-ApiService -Simulator -Test).Models | Should -Be $simulator.Models
    }

    It 'says with -Test which is wrong: <Name>' -TestCases @(
        @{ Name = 'the key'; Arguments = { @{ BaseUri = $uri; ApiKey = 'sk-wrong' } }; Id = 'invalid_api_key'; Message = '*API key*' }
        @{ Name = 'the model'; Arguments = { @{ BaseUri = $uri; ApiKey = $simulator.ApiKey; Model = 'gpt-4p' } }; Id = 'model_not_supported'; Message = "Address and key are right, but the service offers no model 'gpt-4p'. The nearest name is 'gpt-4o'.*" }
        @{ Name = 'the address, without /v1'; Arguments = { @{ BaseUri = ($uri -replace '/v1'); ApiKey = $simulator.ApiKey } }; Id = 'unknown_url'; Message = '*most services have it under /v1, and this address lacks it.*' }
        @{ Name = 'the address, where nothing listens'; Arguments = { @{ BaseUri = 'http://127.0.0.1:9/v1' } }; Id = 'connection_failed'; Message = "'127.0.0.1:9' refuses connections: nothing listens there.*" }
    ) {
        $arguments = & $Arguments
        $failure = try { Connect-ApiService @arguments -Test } catch { $_ }
        $failure.FullyQualifiedErrorId | Should -Be "$Id,ApiTools.Cmdlets.ConnectApiServiceCommand"
        $failure.ErrorDetails.Message | Should -BeLike $Message
        Get-ApiConnection | Should -BeNullOrEmpty -Because 'a connection that failed its test is not kept'
    }

    It 'refuses <BaseUri>' -TestCases @(
        @{ BaseUri = 'localhost:8080/v1'; Next = 'http://localhost:8080/v1' }
        @{ BaseUri = 'file:///etc/passwd'; Next = 'https://api.openai.com/v1' }
        @{ BaseUri = 'not an address'; Next = 'https://api.openai.com/v1' }
    ) {
        $failure = try { Connect-ApiService -BaseUri $BaseUri -ApiKey k } catch { $_ }
        $failure.FullyQualifiedErrorId | Should -Be 'invalid_value,ApiTools.Cmdlets.ConnectApiServiceCommand'
        $failure.CategoryInfo.Category | Should -Be 'InvalidArgument'
        $failure.TargetObject | Should -Be $BaseUri
        $failure.ErrorDetails.RecommendedAction | Should -Be "Check parameter format and range. Run: Connect-ApiService -BaseUri $Next"
    }

    It 'refuses a key with a line end without repeating it' {
        $failure = try { Connect-ApiService -BaseUri $uri -ApiKey "sk-secret-key-of-mine`n" } catch { $_ }
        $failure.ErrorDetails.Message | Should -Be 'The key has a line end at position 22 of 22; a key is one word of ASCII letters, digits and signs. (invalid_value)'
    }

    It 'refuses a key that is empty: a variable that is not set' {
        $failure = try { Connect-ApiService -BaseUri https://host/v1 -ApiKey $null } catch { $_ }
        $failure.FullyQualifiedErrorId | Should -Be 'missing_required_field,ApiTools.Cmdlets.ConnectApiServiceCommand'
    }

    It 'sends no key over plain http to another machine' {
        $failure = try { Connect-ApiService -BaseUri http://192.0.2.1/v1 -ApiKey k } catch { $_ }
        $failure.ErrorDetails.RecommendedAction | Should -BeLike '*Run: Connect-ApiService -BaseUri https://192.0.2.1/v1'
        Connect-ApiService -BaseUri http://192.0.2.1/v1 -ApiKey k -AllowUnencryptedAuthentication -PassThru | Should -Not -BeNullOrEmpty
    }

    It 'takes the environment as one family, never mixed' {
        $env:APITOOLS_BASE_URI = $uri
        $env:APITOOLS_API_KEY = $simulator.ApiKey
        $env:APITOOLS_MODEL = 'gpt-4o-mini'
        $env:OPENAI_API_KEY = 'sk-of-another'
        (Invoke-ApiChat 'Hello').Model | Should -Be 'gpt-4o-mini'
        (Get-ApiConnection).Source | Should -Be 'environment (APITOOLS_BASE_URI)'
    }

    It 'takes a key without an address for no connection' {
        $env:OPENAI_API_KEY = 'sk-of-mine'
        $failure = try { Invoke-ApiChat 'Hello' } catch { $_ }
        $failure.FullyQualifiedErrorId | Should -Be 'no_connection,ApiTools.Cmdlets.InvokeApiChatCommand'
        $failure.ErrorDetails.RecommendedAction | Should -Be 'Connect to a service first. Run: $env:OPENAI_BASE_URL = ''https://api.openai.com/v1'''
    }

    It 'holds several by name, and each cmdlet takes a name or the object' {
        Connect-ApiService -Simulator -Name one
        $two = Connect-ApiService -Simulator -Name two -Model gpt-4o-mini -PassThru
        (Get-ApiConnection).Name | Should -Be 'one', 'two'
        (Invoke-ApiChat 'x' -Connection one).Model | Should -Be 'gpt-4o'
        (Invoke-ApiChat 'x' -Connection $two).Model | Should -Be 'gpt-4o-mini'
        (Get-ApiModel -Connection two | Where-Object Id -EQ gpt-4o).ContextWindow | Should -Be 128000
        (TabExpansion2 'Get-ApiModel -Connection t').CompletionMatches.CompletionText | Should -Be 'two'
        (TabExpansion2 'Invoke-ApiChat x -Connection two -Model gpt-4o-').CompletionMatches.CompletionText | Should -Be 'gpt-4o-mini'
        $failure = try { Invoke-ApiChat 'x' -Connection three } catch { $_ }
        $failure.ErrorDetails.Message | Should -Be "There is no connection named 'three'. There are 'one', 'two'. (no_connection)"
        Disconnect-ApiService two
        Disconnect-ApiService two -ErrorVariable gone -ErrorAction SilentlyContinue
        $gone[0].FullyQualifiedErrorId | Should -Be 'no_connection,ApiTools.Cmdlets.DisconnectApiServiceCommand'
    }

    It 'is the process''s: parallel runspaces have it too' -Skip:($PSVersionTable.PSVersion.Major -lt 7) {
        Connect-ApiService -Simulator
        $module = "$PSScriptRoot/../../out/ApiTools"
        1..4 | ForEach-Object -Parallel { Import-Module $using:module; (Invoke-ApiChat "n $_").FinishReason } | Should -Be 'stop', 'stop', 'stop', 'stop'
    }
}
