# Where users keep keys: what about_ApiTools_Security says of vaults, profiles and PSReadLine's history.

[Diagnostics.CodeAnalysis.SuppressMessageAttribute('PSAvoidUsingConvertToSecureStringWithPlainText', '', Justification = 'The key of a simulator is no secret.')]
param()

BeforeAll {
    $root = (Resolve-Path "$PSScriptRoot/../..").Path
    Import-Module "$root/out/ApiTools"
    Import-Module "$PSScriptRoot/ExampleText.psm1"
    $topic = Get-Item "$root/docs/about_ApiTools_Security.md"

    function Get-Block([string] $Like) {
        $found = @((Get-Example $topic).Blocks | ForEach-Object { Get-ExampleCode $_ } | Where-Object { $_ -like $Like })
        $found | Should -HaveCount 1
        $found[0]
    }
}

AfterAll {
    Remove-Module ExampleText
}

Describe 'A key from a vault' {
    BeforeEach {
        $simulator = Start-ApiSimulator -PassThru
    }

    AfterEach {
        Stop-ApiSimulator
        Disconnect-ApiService -ErrorAction Ignore
        Remove-Item function:global:Get-Secret -ErrorAction Ignore
    }

    # As Get-Secret of Microsoft.PowerShell.SecretManagement writes them, by the kind of the secret.
    It 'is taken as it is, where Get-Secret gives <Kind>' -ForEach @(
        @{ Kind = 'a SecureString'; Make = { ConvertTo-SecureString $args[0] -AsPlainText -Force } }
        @{ Kind = 'a PSCredential'; Make = { [pscredential]::new('me', (ConvertTo-SecureString $args[0] -AsPlainText -Force)) } }
        @{ Kind = 'a string, by -AsPlainText'; Make = { $args[0] } }
    ) {
        $secret = & $Make $simulator.ApiKey
        Set-Item function:global:Get-Secret { param([string] $Name) if ($Name -eq 'OpenAI') { $secret } }.GetNewClosure()
        Connect-ApiService $simulator.BaseUri -ApiKey (Get-Secret OpenAI) -Model gpt-4o
        (Invoke-ApiChat 'Hello').FinishReason | Should -BeExactly 'stop'
        (Get-ApiSimulatorRequest).Key | Should -BeExactly 'valid'
    }

    It 'is an error that says so, where the vault has none of that name' {
        function global:Get-Secret { param([string] $Name) Write-Verbose "There is no $Name." }
        $failed = { Connect-ApiService $simulator.BaseUri -ApiKey (Get-Secret OpenAI) } | Should -Throw -PassThru
        $failed.FullyQualifiedErrorId | Should -BeExactly 'missing_required_field,ApiTools.Cmdlets.ConnectApiServiceCommand'
    }
}

Describe 'On the way' {
    AfterEach {
        Disconnect-ApiService -ErrorAction Ignore
    }

    It 'shows a proxy''s password nowhere' {
        $all = & {
            $proxy = 'http://name:hunter2-of-the-proxy@127.0.0.1:1'
            Connect-ApiService https://service.example/v1 -Proxy $proxy -Model gpt-4o -ApiKey sk-1 -PassThru -Verbose -Debug *>&1
            Invoke-ApiChat 'Hello' -MaximumRetryCount 0 -Verbose -Debug -ErrorAction Continue *>&1
        }
        $failure = $all | Where-Object { $_ -is [Management.Automation.ErrorRecord] }
        $failure.Exception.Code | Should -BeExactly 'connection_failed'
        $text = $all, $failure.Exception, (Export-ApiErrorReport $failure) | Format-List * -Force | Out-String -Width 4000
        $text | Should -Match 'gpt-4o'
        $text | Should -Not -Match 'hunter2'
    }

    It 'warns where certificates are not verified' {
        Connect-ApiService https://service.example/v1 -ApiKey sk-1 -SkipCertificateCheck -WarningVariable warned -WarningAction SilentlyContinue
        $warned | Should -BeExactly "The certificate of 'service.example' is not checked: anybody on the way can read the key and the answers."
    }
}

# What PSReadLine itself does is asked of it too: where it changes, the topic has to.
Describe 'The line history' -Skip:(-not (Get-Module PSReadLine -ListAvailable | Where-Object Version -GE 2.3)) {
    BeforeAll {
        Import-Module PSReadLine
        $handler = [scriptblock]::Create(((Get-Block '*-AddToHistoryHandler*') -replace '(?s)^Set-PSReadLineOption -AddToHistoryHandler \{(.*)\}\s*$', '$1'))
    }

    It 'gets <Line>: <Default> of PSReadLine alone, <Mended> with the handler of the topic' -ForEach @(
        @{ Line = "Connect-ApiService https://a.example/v1 -ApiKey 'sk-1'"; Default = 'MemoryOnly'; Mended = 'MemoryOnly' }
        @{ Line = "Connect-ApiService https://a.example/v1 -ApiK 'sk-1'"; Default = 'MemoryAndFile'; Mended = 'MemoryOnly' }
        @{ Line = "Connect-ApiService https://a.example/v1 -Api:'sk-1'"; Default = 'MemoryAndFile'; Mended = 'MemoryOnly' }
        @{ Line = '$env:OPENAI_API_KEY = "sk-1"'; Default = 'MemoryAndFile'; Mended = 'MemoryOnly' }
        @{ Line = "`$env:APITOOLS_API_KEY='sk-1'"; Default = 'MemoryAndFile'; Mended = 'MemoryOnly' }
        @{ Line = "Measure-ApiTokens 'Hello'; `$env:OPENAI_API_KEY = 'sk-1'"; Default = 'MemoryOnly'; Mended = 'MemoryOnly' }
        @{ Line = 'Connect-ApiService https://a.example/v1 -ApiKey (Get-Secret OpenAI)'; Default = 'MemoryAndFile'; Mended = 'MemoryAndFile' }
        @{ Line = '$env:OPENAI_API_KEY = Get-Secret OpenAI -AsPlainText'; Default = 'MemoryAndFile'; Mended = 'MemoryAndFile' }
        @{ Line = "Measure-ApiTokens 'Hello' -Model gpt-4o"; Default = 'MemoryOnly'; Mended = 'MemoryAndFile' }
        @{ Line = "'Hello' | ConvertTo-ApiToken -Model gpt-4o"; Default = 'MemoryOnly'; Mended = 'MemoryAndFile' }
        @{ Line = "Invoke-ApiChat 'Hello' -MaxTokens 100"; Default = 'MemoryOnly'; Mended = 'MemoryAndFile' }
        @{ Line = "Invoke-ApiChat 'Hello' -Attachment 'notes.txt'"; Default = 'MemoryAndFile'; Mended = 'MemoryAndFile' }
    ) {
        [Microsoft.PowerShell.PSConsoleReadLine]::GetDefaultAddToHistoryOption($Line) | Should -Be $Default
        & $handler $Line | Should -Be $Mended
    }
}

Describe 'A line of a profile' {
    It 'holds no key: that of the environment, and that of a vault' {
        foreach ($block in (Get-Example $topic).Blocks | ForEach-Object { Get-ExampleCode $_ }) {
            $block | Should -Not -Match '-ApiKey\s+[''"]'
            $block | Should -Not -Match '\bsk-\w'
        }
        Get-Block '*# In $PROFILE*' | Should -Match 'Get-Secret'
    }
}
