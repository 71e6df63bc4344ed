BeforeAll {
    Import-Module "$PSScriptRoot/../../out/ApiTools"
    $inMessage = $PSVersionTable.PSEdition -eq 'Desktop'
    $variables = 'APITOOLS_BASE_URI', 'APITOOLS_API_KEY', 'APITOOLS_MODEL', 'OPENAI_BASE_URL', 'OPENAI_API_KEY'
    $before = @{}
    foreach ($name in $variables) { $before[$name] = [Environment]::GetEnvironmentVariable($name) }

    function Assert-Failure($ErrorRecord, $Code, $Category, $Target, $Message, $Fix, $Cmdlet = 'ConnectApiServiceCommand') {
        $ErrorRecord.FullyQualifiedErrorId | Should -BeExactly "$Code,ApiTools.Cmdlets.$Cmdlet"
        $ErrorRecord.CategoryInfo.Category | Should -Be $Category
        , $ErrorRecord.TargetObject | Should -BeExactly $Target
        if ($inMessage) { $Message += " Recommendation: $Fix" }
        $ErrorRecord.ErrorDetails.Message | Should -BeExactly $Message
        $ErrorRecord.ErrorDetails.RecommendedAction | Should -BeExactly $Fix
    }

    function Get-Failure([scriptblock] $Script) {
        try { $null = & $Script } catch { return $_ }
        throw 'Nothing failed.'
    }
}

Describe 'Connect-ApiService' {
    BeforeEach {
        foreach ($name in $variables) { [Environment]::SetEnvironmentVariable($name, $null) }
        $simulator = Start-ApiSimulator -PassThru
    }

    AfterEach {
        Stop-ApiSimulator
        Get-ApiConnection | Disconnect-ApiService
    }

    AfterAll {
        foreach ($name in $variables) { [Environment]::SetEnvironmentVariable($name, $before[$name]) }
    }

    It 'takes a key as <Name>, and shows it nowhere' -ForEach @(
        @{ Name = 'a string'; Make = { param($key) $key } }
        @{ Name = 'a SecureString'; Make = { param($key) [Net.NetworkCredential]::new('', $key).SecurePassword } }
        @{ Name = 'a PSCredential'; Make = { param($key) [pscredential]::new('key', ([Net.NetworkCredential]::new('', $key).SecurePassword)) } }
    ) {
        $key = & $Make $simulator.ApiKey
        $all = & {
            Connect-ApiService -BaseUri $simulator.BaseUri -ApiKey $key -Model gpt-4o -Test -Verbose -Debug *>&1
            Invoke-ApiChat 'Hello' -Verbose -Debug *>&1
            Invoke-ApiChat 'Hello' -Temperature 9 -Verbose -Debug -ErrorAction Continue *>&1
        }
        (Get-ApiSimulatorRequest).Key | Should -Be 'valid', 'valid'
        $text = $all, (Get-ApiConnection), $all.Exception | Format-List * -Force | Out-String -Width 4000
        $text | Should -Match 'gpt-4o'
        $text | Should -Not -Match ([regex]::Escape($simulator.ApiKey))
    }

    It 'shows no key in an error of the service' {
        Connect-ApiService -BaseUri $simulator.BaseUri -ApiKey 'sk-secret-0123456789abcdef'
        $failure = Get-Failure { Invoke-ApiChat 'Hello' -Model gpt-4o }
        $failure.Exception | Should -BeOfType ApiTools.ApiAuthenticationException
        $failure | Format-List * -Force | Out-String -Width 4000 | Should -Not -Match 'sk-secret-0123456789abcdef'
        $failure.Exception | Format-List * -Force | Out-String -Width 4000 | Should -Not -Match 'sk-secret-0123456789abcdef'
    }

    It 'refuses an empty key and a key with a line end, without showing it' {
        $failure = Get-Failure { Connect-ApiService -BaseUri $simulator.BaseUri -ApiKey '' }
        Assert-Failure $failure missing_required_field InvalidArgument "$($simulator.BaseUri)" `
            '-ApiKey was given, but it is empty: is the variable or the secret that holds the key set? (missing_required_field)' "Add missing parameter. Run: Connect-ApiService -BaseUri $($simulator.BaseUri)"
        $failure = Get-Failure { Connect-ApiService -BaseUri $simulator.BaseUri -ApiKey "sk-abc`ndef" }
        Assert-Failure $failure invalid_value InvalidArgument "$($simulator.BaseUri)" `
            'The key has a line end at position 7 of 10; a key is one word of ASCII letters, digits and signs. (invalid_value)' 'Check parameter format and range. Run: Connect-ApiService'
    }

    It 'refuses the address <Address>' -ForEach @(
        @{ Address = 'api.example.com/v1'; Why = 'it has no scheme'; Better = 'https://api.example.com/v1' }
        @{ Address = 'localhost:8080'; Why = 'it has no scheme'; Better = 'http://localhost:8080/v1' }
        @{ Address = 'file:///etc/passwd'; Why = "its scheme is 'file', and a service is reached by https (or http)"; Better = 'https://api.openai.com/v1' }
        @{ Address = ''; Why = 'it is empty'; Better = 'https://api.openai.com/v1' }
    ) {
        $failure = Get-Failure { Connect-ApiService -BaseUri $Address -NoApiKey }
        Assert-Failure $failure invalid_value InvalidArgument $Address `
            "The base address '$Address' cannot be used: $Why. An address looks like https://api.openai.com/v1. (invalid_value)" `
            "Check parameter format and range. Run: Connect-ApiService -BaseUri $Better"
        Get-ApiConnection | Should -BeNullOrEmpty
    }

    It 'connects from the environment family <Family>' -ForEach @(
        @{ Family = 'APITOOLS'; Uri = 'APITOOLS_BASE_URI'; Key = 'APITOOLS_API_KEY' }
        @{ Family = 'OPENAI'; Uri = 'OPENAI_BASE_URL'; Key = 'OPENAI_API_KEY' }
    ) {
        [Environment]::SetEnvironmentVariable($Uri, "$($simulator.BaseUri)")
        [Environment]::SetEnvironmentVariable($Key, $simulator.ApiKey)
        Invoke-ApiChat 'Hello' -Model gpt-4o | Should -BeOfType ApiTools.ChatCompletion
        (Get-ApiConnection).Source | Should -Be "environment ($Uri)"
        Disconnect-ApiService
        (Connect-ApiService -PassThru).Source | Should -Be "environment ($Uri)"
    }

    It 'never mixes two families' {
        $env:APITOOLS_BASE_URI = "$($simulator.BaseUri)"
        $env:OPENAI_API_KEY = $simulator.ApiKey
        Get-Failure { Invoke-ApiChat 'Hello' -Model gpt-4o } | ForEach-Object { $_.Exception.Code } | Should -Be 'invalid_api_key'
        (Get-ApiSimulatorRequest).Key | Should -Be 'none'
    }

    It 'says which address a key lacks' {
        $env:OPENAI_API_KEY = 'sk-abc'
        Assert-Failure (Get-Failure { Connect-ApiService }) no_connection ConnectionError $null `
            'OPENAI_API_KEY is set, but OPENAI_BASE_URL is not, and a key is never sent to an address that was not given. (no_connection)' `
            "Connect to a service first. Run: `$env:OPENAI_BASE_URL = 'https://api.openai.com/v1'"
    }

    It 'says with -Test that <Wrong> is wrong' -ForEach @(
        @{ Wrong = 'the key'; Path = '/v1'; Model = 'gpt-4o'; Key = 'another'; Code = 'invalid_api_key'; Said = 'The API key is not one of this service.*' }
        @{ Wrong = 'the model'; Path = '/v1'; Model = 'gpt-4p'; Code = 'model_not_supported'; Said = "Address and key are right, but the service offers no model 'gpt-4p'. The nearest name is 'gpt-4o'.*" }
        @{ Wrong = 'the address'; Path = '/api/v1'; Model = 'gpt-4o'; Code = 'unknown_url'; Said = '*/api/v1/models*' }
        @{ Wrong = 'a missing /v1'; Path = ''; Model = 'gpt-4o'; Code = 'unknown_url'; Said = '*/v1*' }
    ) {
        $key = if ($Key) { $Key } else { $simulator.ApiKey }
        $failure = Get-Failure { Connect-ApiService -BaseUri "http://127.0.0.1:$($simulator.Port)$Path" -ApiKey $key -Model $Model -Test }
        $failure.FullyQualifiedErrorId | Should -BeExactly "$Code,ApiTools.Cmdlets.ConnectApiServiceCommand"
        $failure.ErrorDetails.Message | Should -BeLike $Said
        if ($Path -eq '') {
            $failure.ErrorDetails.RecommendedAction | Should -BeLike "*Connect-ApiService -BaseUri http://127.0.0.1:$($simulator.Port)/v1*"
        }
        Get-ApiConnection | Should -BeNullOrEmpty
    }

    It 'holds several by name, each taken by name and as an object' {
        Connect-ApiService -Simulator
        $other = Connect-ApiService -Simulator -Name other -Model gpt-4o-mini -PassThru
        (Get-ApiConnection).Name | Should -BeExactly 'Default', 'other'
        (Invoke-ApiChat 'Hello').Model | Should -Be 'gpt-4o'
        (Invoke-ApiChat 'Hello' -Connection other).Model | Should -Be 'gpt-4o-mini'
        (Invoke-ApiChat 'Hello' -Connection $other).Model | Should -Be 'gpt-4o-mini'
        (Get-ApiModel gpt* -Connection other).Id | Should -Be 'gpt-4.1', 'gpt-4o', 'gpt-4o-mini', 'gpt-5-mini'
        Disconnect-ApiService other
        Assert-Failure (Get-Failure { Invoke-ApiChat 'Hello' -Connection other }) no_connection ConnectionError other `
            "There is no connection named 'other'. The only one is 'Default'. (no_connection)" "Connect to a service first. Run: Connect-ApiService -Name 'other' -BaseUri https://api.openai.com/v1" InvokeApiChatCommand
    }

    It 'is the process''s, so ForEach-Object -Parallel has it' -Skip:($PSVersionTable.PSEdition -eq 'Desktop') {
        Connect-ApiService -Simulator
        $module = (Get-Module ApiTools).Path
        1..3 | ForEach-Object -Parallel { Import-Module $using:module; Invoke-ApiChat "$_" } | Should -HaveCount 3
    }

    It 'needs a connection' {
        Assert-Failure (Get-Failure { Invoke-ApiChat 'Hello' }) no_connection ConnectionError $null `
            'There is no connection to a service yet. (no_connection)' 'Connect to a service first. Run: Connect-ApiService -BaseUri https://api.openai.com/v1' InvokeApiChatCommand
    }

    It 'says what is missing where neither an address nor the environment is given: <Line>' -ForEach @(
        @{ Line = 'Connect-ApiService'; Named = '' }
        @{ Line = 'Connect-ApiService -Name work'; Named = '-Name work ' }
    ) {
        Connect-ApiService -Simulator
        Assert-Failure (Get-Failure ([scriptblock]::Create($Line))) no_connection ConnectionError $null `
            'No address was given, and the environment has none: neither APITOOLS_BASE_URI nor OPENAI_BASE_URL is set. (no_connection)' `
            "Connect to a service first. Run: Connect-ApiService ${Named}-BaseUri https://api.openai.com/v1"
    }

    It 'completes -Connection and -Model' {
        Connect-ApiService -Simulator -Name work -Test | Out-Null
        foreach ($line in 'Invoke-ApiChat -Connection w', 'Disconnect-ApiService w', 'Get-ApiConnection w') {
            (TabExpansion2 $line $line.Length).CompletionMatches.CompletionText | Should -Be 'work'
        }
        $line = 'Invoke-ApiChat -Connection work -Model gpt-4o'
        (TabExpansion2 $line $line.Length).CompletionMatches.CompletionText | Should -Be 'gpt-4o', 'gpt-4o-mini'
    }
}

Describe 'Disconnect-ApiService and Get-ApiConnection' {
    It 'say that a name is not there' {
        Disconnect-ApiService nobody -ErrorVariable failure -ErrorAction SilentlyContinue
        Assert-Failure $failure[0] no_connection ConnectionError nobody "There is no connection named 'nobody' to end. (no_connection)" `
            'Connect to a service first. Run: Get-ApiConnection' DisconnectApiServiceCommand
        Get-ApiConnection nobody -ErrorVariable failure -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        Assert-Failure $failure[0] no_connection ConnectionError nobody "There is no connection named 'nobody'. (no_connection)" `
            'Connect to a service first. Run: Get-ApiConnection' GetApiConnectionCommand
        Get-ApiConnection no* | Should -BeNullOrEmpty
    }
}
