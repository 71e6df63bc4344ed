[Diagnostics.CodeAnalysis.SuppressMessageAttribute('PSReviewUnusedParameter', '', Justification = 'Stands in for a command with these parameters.')]
param()

# Issue 8, "The twelve pasted fixes": for each documented code the command of the recommendation is run as it would be pasted, and the failure is gone; or, where only the
# provider can help, the recommendation names the page where that is done.
BeforeAll {
    Import-Module "$PSScriptRoot/../../out/ApiTools"
    . "$PSScriptRoot/Common.ps1"

    # What a person copies: what stands behind "Run: ".
    function Get-Fix($ErrorRecord) { ($ErrorRecord.ErrorDetails.RecommendedAction -split 'Run: ', 2)[1] }

    # The failure, as the prompt leaves it: the newest of $Error.
    function Get-Failure([scriptblock] $Script) {
        $global:Error.Clear()
        try { & $Script | Out-Null } catch { $null = $_ }
        $global:Error[0]
    }

    # Runs it as at the prompt, where $Error is the session's.
    function Invoke-Pasted([string] $Fix) { . ([scriptblock]::Create($Fix)) }
}

Describe 'The fix that is pasted' {
    BeforeEach {
        $script:simulator = Start-ApiSimulator -PassThru
        Connect-ApiService -Simulator
    }

    AfterEach {
        Get-ApiConnection | Disconnect-ApiService
        Stop-ApiSimulator
        Remove-Item Function:global:Read-Host -ErrorAction Ignore
    }

    It 'asks for the key after <Code>, and says that it is right' -TestCases @(
        @{ Code = 'invalid_api_key'; Key = { 'wrong-key' } }
        @{ Code = 'expired_api_key'; Key = { $simulator.ExpiredApiKey } }
        @{ Code = 'revoked_api_key'; Key = { $simulator.RevokedApiKey } }
    ) {
        $calls = { Connect-ApiService -BaseUri $simulator.BaseUri -ApiKey (& $Key) -Model gpt-4o; Invoke-ApiChat Hello -ErrorAction Stop }, { Connect-ApiService -BaseUri $simulator.BaseUri -ApiKey (& $Key) -Model gpt-4o -Test }
        foreach ($call in $calls) {
            $failure = Get-Failure $call
            $failure.FullyQualifiedErrorId | Should -BeLike "$Code,*"
            $right = $simulator.ApiKey
            # Who sits at the prompt types the key.
            Set-Item Function:global:Read-Host { param($Prompt, [switch] $AsSecureString) [Net.NetworkCredential]::new('', $right).SecurePassword }.GetNewClosure()
            $fix = Get-Fix $failure
            $fix | Should -BeExactly "Connect-ApiService -BaseUri $("$($simulator.BaseUri)".TrimEnd('/')) -ApiKey (Read-Host -AsSecureString -Prompt Key) -Model gpt-4o -Test"
            Invoke-Pasted $fix 6>$null
            (Invoke-ApiChat Hello -ErrorAction Stop).Content | Should -Not -BeNullOrEmpty
        }
    }

    It 'adds what is missing after missing_required_field: <What>' -TestCases @(
        @{ What = 'a role, which is a choice'; Request = @{ model = 'gpt-4o'; messages = @(@{ content = 'Hello' }) }; Fix = '$Error[0] | Repair-ApiRequest -Include ''messages[0].role''' }
        @{
            What = 'the type of a tool, which its function tells'
            Request = @{ model = 'gpt-4o'; messages = @(@{ role = 'user'; content = 'Hello' }); tools = @(@{ function = @{ name = 'Get-Date' } }) }
            Fix = '$Error[0] | Repair-ApiRequest'
        }
    ) {
        $failure = Get-Failure { Invoke-ApiChat -Request $Request -ErrorAction Stop }
        $failure.FullyQualifiedErrorId | Should -BeLike 'missing_required_field,*'
        Get-Fix $failure | Should -BeExactly $Fix
        (Invoke-ApiChat -Request (Invoke-Pasted $Fix) -ErrorAction Stop).Content | Should -Not -BeNullOrEmpty
    }

    It 'names what is missing after missing_required_field, where only a person knows it' {
        $failure = Get-Failure { Invoke-ApiChat -Request @{ model = 'gpt-4o'; messages = @(@{ role = 'user' }) } -ErrorAction Stop }
        $failure.FullyQualifiedErrorId | Should -BeLike 'missing_required_field,*'
        Get-Fix $failure | Should -BeExactly '$Error[0].Exception.Report.Findings | Format-List'
        $shown = Invoke-Pasted (Get-Fix $failure) | Out-String -Width 200
        $shown | Should -Match 'messages\[0\]\.content'
    }

    It 'mends the value after invalid_value' {
        $failure = Get-Failure { Invoke-ApiChat Hello -Temperature 9 -ErrorAction Stop }
        $failure.FullyQualifiedErrorId | Should -BeLike 'invalid_value,*'
        Get-Fix $failure | Should -BeExactly '$Error[0] | Repair-ApiRequest -Include temperature'
        $request = Invoke-Pasted (Get-Fix $failure)
        (Invoke-ApiChat -Request $request -ErrorAction Stop).Content | Should -Not -BeNullOrEmpty
    }

    It 'lists the models after model_not_supported, and then sends to the nearest' {
        $failure = Get-Failure { Invoke-ApiChat Hello -Model gpt-4p -ErrorAction Stop }
        $failure.FullyQualifiedErrorId | Should -BeLike 'model_not_supported,*'
        Get-Fix $failure | Should -BeExactly 'Get-ApiModel'
        (Invoke-Pasted (Get-Fix $failure)).Id | Should -Contain 'gpt-4o'
        $failure = Get-Failure { Invoke-ApiChat Hello -Model gpt-4p -ErrorAction Stop }
        Get-Fix $failure | Should -BeExactly 'Invoke-ApiChat -Request $Error[0].Exception.Request -Model gpt-4o'
        (Invoke-Pasted (Get-Fix $failure)).Model | Should -BeExactly 'gpt-4o'
    }

    It 'makes room after context_length_exceeded: <What>' -TestCases @(
        @{ What = 'the answer is shortened'; Call = { Invoke-ApiChat Hello -Model sim-small -MaxTokens 128 -ErrorAction Stop }; Fix = 'Invoke-ApiChat -Request $Error[0].Exception.Request -MaxTokens *' }
        @{
            What = 'the oldest messages are left out'
            Call = { Invoke-ApiChat -Request @{ model = 'sim-small'; messages = @(1..20 | ForEach-Object { @{ role = ('user', 'assistant')[($_ + 1) % 2]; content = "Message $_ of many words more" } }) } -ErrorAction Stop }
            Fix = 'Invoke-ApiChat -Request $Error[0].Exception.Request -FitContext DropOldest'
        }
    ) {
        $failure = Get-Failure $Call
        $failure.FullyQualifiedErrorId | Should -BeLike 'context_length_exceeded,*'
        Get-Fix $failure | Should -BeLike $Fix.Replace('[', '`[')
        (Invoke-Pasted (Get-Fix $failure) 3>$null).Content | Should -Not -BeNullOrEmpty
    }

    It 'waits as long as it is told after rate_limit_exceeded: <What>' -TestCases @(
        @{ What = 'no tries were left'; RetryAfter = 0; Option = @{ MaximumRetryCount = 0 }; Fix = 'Invoke-ApiChat -Request $Error[0].Exception.Request -MaximumRetryCount 5' }
        @{ What = 'the wait was longer than allowed'; RetryAfter = 2; Option = @{ MaximumWaitSec = 1 }; Fix = 'Invoke-ApiChat -Request $Error[0].Exception.Request -MaximumWaitSec 2' }
    ) {
        Stop-ApiSimulator
        Start-TestService @{ Code = 'rate_limit_exceeded'; RetryAfter = $RetryAfter; Times = 2 }
        $failure = Get-Failure { Invoke-ApiChat Hello @Option -ErrorAction Stop }
        $failure.FullyQualifiedErrorId | Should -BeLike 'rate_limit_exceeded,*'
        Get-Fix $failure | Should -BeExactly $Fix
        (Invoke-Pasted (Get-Fix $failure)).Content | Should -Not -BeNullOrEmpty
    }

    It 'has fewer at once after concurrent_limit_exceeded' {
        Stop-ApiSimulator
        Start-TestService -Option @{ ConcurrencyLimit = 1; LatencyMs = 100 }
        $failure = Get-Failure { 'one', 'two', 'three', 'four' | Invoke-ApiChat -ThrottleLimit 4 -MaximumRetryCount 0 -ErrorAction Stop }
        $failure.FullyQualifiedErrorId | Should -BeLike 'concurrent_limit_exceeded,*'
        Get-Fix $failure | Should -BeExactly 'Invoke-ApiChat -Request $Error[0].Exception.Request -ThrottleLimit 2'
        (Invoke-Pasted (Get-Fix $failure)).Content | Should -Not -BeNullOrEmpty
    }

    It 'is sent again after <Code>' -TestCases @(
        @{ Code = 'internal_error'; Fix = 'Invoke-ApiChat -Request $Error[0].Exception.Request -RetryIntervalSec 10' }
        @{ Code = 'insufficient_quota'; Fix = 'Invoke-ApiChat -Request $Error[0].Exception.Request' }
    ) {
        Stop-ApiSimulator
        # The service recovers, and the account is recharged.
        Start-TestService @{ Code = $Code; Times = 1 }
        $failure = Get-Failure { Invoke-ApiChat Hello -MaximumRetryCount 0 -ErrorAction Stop }
        $failure.FullyQualifiedErrorId | Should -BeLike "$Code,*"
        Get-Fix $failure | Should -BeExactly $Fix
        (Invoke-Pasted (Get-Fix $failure)).Content | Should -Not -BeNullOrEmpty
    }

    It 'goes to another model after service_unavailable, <What>' -TestCases @(
        @{ What = 'whose name is known'; Known = $true; Fix = 'Invoke-ApiChat -Request $Error[0].Exception.Request -FallbackModel *' }
        @{ What = 'whose name is asked for'; Known = $false; Fix = 'Invoke-ApiChat -Request $Error[0].Exception.Request -Model (Get-ApiModel)[-1].Id' }
    ) {
        Stop-ApiSimulator
        Start-TestService @{ Code = 'service_unavailable'; Model = 'gpt-4o'; Times = -1 }
        if ($Known) { $null = Get-ApiModel }
        $failure = Get-Failure { Invoke-ApiChat Hello -Model gpt-4o -MaximumRetryCount 0 -ErrorAction Stop }
        $failure.FullyQualifiedErrorId | Should -BeLike 'service_unavailable,*'
        Get-Fix $failure | Should -BeLike $Fix.Replace('[', '`[')
        (Invoke-Pasted "$(Get-Fix $failure) -RetryIntervalSec 0.01" 3>$null).Model | Should -Not -Be 'gpt-4o'
    }
}
