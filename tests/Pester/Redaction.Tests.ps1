# DESIGN, "Secrets and untrusted text": one test tries every stream, file, object and depth for the connection's own key, whatever it looks like, and for a key of another
# vendor that the service, or a person, wrote where none belongs.
BeforeAll {
    Import-Module "$PSScriptRoot/../../out/ApiTools"
    . "$PSScriptRoot/Common.ps1"

    # Everything that an object says of itself, its errors' exceptions and their insides too.
    function Get-Everything($Object, [int] $Depth = 5) {
        $Object | Format-List * -Force | Out-String -Width 4000
        $Object | Out-String -Width 4000
        $Object | ForEach-Object { "$_"; $_.Exception; $_.Exception.AttemptHistory; $_.Exception.FirstError; $_.AttemptHistory; $_.InvocationInfo.PSCommandPath } | Format-List * -Force | Out-String -Width 4000
        try { $Object | ConvertTo-Json -Depth $Depth -WarningAction SilentlyContinue -ErrorAction SilentlyContinue } catch { '' }
        try { [Management.Automation.PSSerializer]::Serialize($Object, $Depth) } catch { '' }
    }
}

Describe 'Redaction' {
    It 'leaves no key in any stream, file, object or depth' {
        $simulator = Start-ApiSimulator -PassThru -Fault @(
            @{ Code = 'rate_limit_exceeded'; Message = 'Key sk-ant-api03-0123456789abcdef of Bearer {0} is limited' }
            @{ Code = 'internal_error' }
        )
        $own = $simulator.ApiKey
        $other = 'sk-ant-api03-0123456789abcdef'
        $log = Join-Path $TestDrive redaction.jsonl
        $journal = Join-Path $TestDrive journal.jsonl
        $transcript = Join-Path $TestDrive transcript.txt
        $key = [Net.NetworkCredential]::new('', $own).SecurePassword
        try {
            Start-Transcript $transcript | Out-Null
            $all = & {
                Connect-ApiService -BaseUri $simulator.BaseUri -ApiKey $key -Model gpt-4o -LogPath $log -LogBody -PassThru -Test -Verbose -Debug *>&1
                Invoke-ApiChat "My key is $other, also Bearer $own." -RetryIntervalSec 0.01 -Verbose -Debug -ErrorAction Continue *>&1
                Invoke-ApiChat 'A question' -Journal $journal -Verbose -Debug *>&1
                Invoke-ApiChat "Hello $own" -Model $other -Verbose -Debug -ErrorAction Continue *>&1
                Invoke-ApiChat 'Hello' -Temperature 9 -Verbose -Debug -ErrorAction Continue *>&1
                Get-ApiModel -Refresh -Verbose -Debug *>&1
                Get-ApiConnection *>&1
                Get-ApiLog $log *>&1
                Get-ApiUsage -Connection Default *>&1
                Export-ApiErrorReport -IncludeContent *>&1
                Export-ApiErrorReport -IncludeContent -As Json *>&1
                Export-ApiErrorReport -IncludeContent -Path (Join-Path $TestDrive report.md) *>&1
                try { Connect-ApiService -BaseUri "$($simulator.BaseUri)" -ApiKey "wrong-$other" -Name wrong -Test -Verbose -Debug *>&1 } catch { $_ }
            }
            Stop-Transcript | Out-Null
        }
        finally {
            Get-ApiConnection | Disconnect-ApiService
            Stop-ApiSimulator
        }
        $all.Count | Should -BeGreaterThan 15
        # The completion's Input, and an error's TargetObject and Request, are what the person gave, exactly: they are the input, and go nowhere by themselves.
        $said = $all | Where-Object { $_ -isnot [ApiTools.ChatCompletion] -and $_ -isnot [Management.Automation.ErrorRecord] }
        # PowerShell's own records carry the invocation, with what was typed; what is ours of them is the message.
        $text = Get-Everything ($said | ForEach-Object { if ($_ -is [Management.Automation.InformationalRecord]) { $_.Message } elseif ($_ -is [Management.Automation.InformationRecord]) { "$($_.MessageData)" } else { $_ } })
        $text += $all | Where-Object { $_ -is [Management.Automation.ErrorRecord] } | ForEach-Object { $_.ErrorDetails.Message; $_.Exception.RawBody; $_.Exception.Message; $_.Exception.NextCommand; $_.FullyQualifiedErrorId; $_.Exception.AttemptHistory | Out-String }
        foreach ($file in $log, (Join-Path $TestDrive report.md)) { $text += [IO.File]::ReadAllText($file) }
        foreach ($secret in $own, $other) {
            foreach ($written in $secret, [uri]::EscapeDataString($secret), [Convert]::ToBase64String([Text.Encoding]::UTF8.GetBytes($secret))) {
                "$text".Contains($written) | Should -BeFalse -Because "one of the keys is in it: $([regex]::Match("$text", ".{0,80}$([regex]::Escape($written))").Value.Replace($written, '<key>'))"
            }
        }
        # The connection's key is nowhere at all that it was not typed.
        [IO.File]::ReadAllText($journal).Contains($own) | Should -BeFalse
    }
}
