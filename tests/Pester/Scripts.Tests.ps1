# The module in a script: exit codes, StrictMode, preference variables, -WhatIf and -Confirm, threads, defaults and splatting.

BeforeAll {
    $root = (Resolve-Path "$PSScriptRoot/../..").Path
    Import-Module "$root/out/ApiTools"
    . "$PSScriptRoot/Common.ps1"

    # Runs a script in a new runspace, with some preferences set first, as a profile or the script's own first lines would.
    function Invoke-Script([string] $Before, [string] $Script, [hashtable] $Parameter = @{}) {
        $shell = [powershell]::Create()
        try {
            $null = $shell.AddScript("Import-Module '$root/out/ApiTools'; Set-Location '$($TestDrive -replace "'", "''")'; $Before").Invoke()
            $shell.Commands.Clear()
            $thrown = $null
            $output = $null
            try { $output = $shell.AddScript($Script).AddParameters($Parameter).Invoke() } catch { $thrown = $_.Exception.InnerException }
            [pscustomobject]@{
                Output  = @($output)
                Error   = @($shell.Streams.Error)
                Warning = @($shell.Streams.Warning)
                Thrown  = $thrown
            }
        }
        finally { $shell.Dispose() }
    }
}

Describe 'The exit code' {
    BeforeAll {
        $program = @(if ($PSVersionTable.PSEdition -eq 'Desktop') { Join-Path $PSHOME 'powershell.exe' } else { [Environment]::ProcessPath })
        if ([IO.Path]::GetFileNameWithoutExtension($program[0]) -eq 'dotnet') { $program += [Environment]::GetCommandLineArgs()[0] }
        $name, $first = @($program) + '-NoProfile', '-NonInteractive'
        $before = @"
Import-Module '$root/out/ApiTools'
Start-ApiSimulator -Fault @{ Code = 'invalid_api_key'; Times = 9; Prompt = '*key*' }, @{ Code = 'insufficient_quota'; Times = 9; Prompt = '*quota*' }
Connect-ApiService -Simulator

"@
        # The exit code of the lines, as a file and as a command.
        function Get-ExitCode([string] $Text, [string] $As = 'File') {
            Set-Content "$TestDrive/script.ps1" ($before + $Text)
            $how = if ($As -eq 'File') { '-File', "$TestDrive/script.ps1" } else { '-EncodedCommand', [Convert]::ToBase64String([Text.Encoding]::Unicode.GetBytes($before + $Text)) }
            $null = & $name @first @how 2>&1
            $LASTEXITCODE
        }
    }

    It 'is 0 where every input has an answer' {
        Get-ExitCode "'a', 'b' | Invoke-ApiChat -ErrorVariable failed | Out-Null; if (`$failed) { exit 2 }" | Should -Be 0
    }

    It 'is 0 for -File, whatever became of the command: <What>' -ForEach @(
        @{ What = 'an input failed'; Text = "Invoke-ApiChat 'x' -Temperature 3" }
        @{ What = 'an error ended the command'; Text = "Invoke-ApiChat 'the key'" }
        @{ What = 'the key is refused, and the script goes on'; Text = "Invoke-ApiChat 'the key'; Invoke-ApiChat 'ok'" }
    ) {
        Get-ExitCode $Text | Should -Be 0
    }

    It 'is 1 for -Command where the last command failed, and 0 where a later one went well' {
        Get-ExitCode "Invoke-ApiChat 'x' -Temperature 3" Command | Should -Be 1
        Get-ExitCode "Invoke-ApiChat 'the key'" Command | Should -Be 1
        Get-ExitCode "Invoke-ApiChat 'x' -Temperature 3; Invoke-ApiChat 'ok'" Command | Should -Be 0
    }

    It 'is 1 under $ErrorActionPreference = Stop: <_>' -ForEach 'File', 'Command' {
        Get-ExitCode "`$ErrorActionPreference = 'Stop'; Invoke-ApiChat 'the key'; exit 0" $_ | Should -Be 1
        Get-ExitCode "`$ErrorActionPreference = 'Stop'; Invoke-ApiChat 'x' -Temperature 3; exit 0" $_ | Should -Be 1
    }

    It 'is what about_ApiTools_Scripts says: 0, 1 or 2' {
        $topic = Get-Content "$root/docs/about_ApiTools_Scripts.md" -Raw
        $topic -match '(?s)```powershell no-run\r?\n(param\(.+?exit 2.+?)```' | Should -BeTrue -Because 'the recipe is in the topic'
        $recipe = $Matches[1]
        function Get-Run([string] $Body) {
            Set-Content "$TestDrive/in.csv" "Id,Body`nT-1,$Body`nT-2,Fine."
            # The recipe as it stands, but for who it asks.
            Set-Content "$TestDrive/job.ps1" ($recipe -replace '(?m)^Connect-ApiService .+$', $before.Replace('$', '$$'))
            $null = & $name @first -File "$TestDrive/job.ps1" -Path "$TestDrive/in.csv" 2>&1
            $LASTEXITCODE
        }
        Get-Run 'It burns.' | Should -Be 0
        @(Import-Csv "$TestDrive/in.out.csv").Count | Should -Be 2
        Remove-Item "$TestDrive/in.jsonl"
        Get-Run ('long ' * 200000) | Should -Be 2
        @(Import-Csv "$TestDrive/in.out.csv").CustomId | Should -Be 'T-2'
        Remove-Item "$TestDrive/in.jsonl"
        Get-Run 'The quota is spent.' | Should -Be 1
    }
}

Describe 'Under StrictMode' {
    BeforeAll {
        $everything = @'
Start-ApiSimulator -Fault @{ Code = 'rate_limit_exceeded'; Times = 1; RetryAfterMs = 10 }
Connect-ApiService -Simulator -LogPath log.jsonl
function global:Get-Weather { param([string] $City) "Rain in $City" }
$call = 'call Get-Weather {"City":"Oslo"}'
$bad = '{"model":"gpt-4o","messages":[{"role":"usr","content":"Hello"}]}'
$all = @(
    Invoke-ApiChat 'Hello' -Journal job.jsonl -RetryIntervalSec 1
    'a', 'b' | Invoke-ApiChat -ThrottleLimit 1
    [pscustomobject]@{ Body = 1 } | Invoke-ApiChat 'Sum: {Body}'
    Get-Date -Date '2026-01-01' | Invoke-ApiChat 'Which day?'
    Invoke-ApiChat $call -Tool Get-Weather
    Invoke-ApiChat $call -Tool Get-Weather -InvokeTool -Force
    (Invoke-ApiChat 'Tea?' -Schema '{"type":"object","properties":{"price":{"type":"number"}},"required":["price"],"additionalProperties":false}').Parsed
    Invoke-ApiChat 'Hello' -AsChunk
    Invoke-ApiChat 'Long' -MaxTokens 3
    Invoke-ApiChat 'Hello' -SessionVariable chat
    $chat
    $chat | Export-ApiChatSession chat.json
    Import-ApiChatSession chat.json
    Get-ApiConnection
    Get-ApiModel
    Get-ApiErrorCode
    Resolve-ApiError -Status 429 -Body 'Slow down'
    Test-ApiRequest $bad
    Repair-ApiRequest $bad
    Measure-ApiTokens 'Hello' -Model gpt-4o
    Measure-ApiTokens -Message @{ role = 'user'; content = 'Hi' } -Model gpt-4o -Detail
    'Hello' | ConvertTo-ApiToken -Model gpt-4o
    13225 | ConvertFrom-ApiToken -Model gpt-4o
    Get-ApiJournal job.jsonl
    Get-ApiJournal job.jsonl -Summary
    Get-ApiLog log.jsonl
    Get-ApiUsage
    Get-ApiSimulatorRequest
    Get-ApiSimulatorRequest -Summary
    Invoke-ApiChat 'Hello' -Temperature 3
    Disconnect-ApiService
    Stop-ApiSimulator
)
'@
        # What differs from run to run is left out.
        function Get-Stable([string[]] $Text) {
            $Text -replace '(?<=127\.0\.0\.1:)\d+' -replace '\d+[.:]\d[\d.:]*' -replace 'req_\S+|[0-9a-f]{8}-\d+' -replace '(?m)^(Call|Duration|Time|P\d\d|ProcessId|Bytes|Waited|FirstTime|LastTime|Wait) .*' -replace '\s+', ' '
        }

        # What a session has used in all differs from run to run in one process.
        function Assert-Same([string[]] $Actual, [string[]] $Expected) {
            $pair = foreach ($text in $Actual, $Expected) { , @(Get-Stable $text | Where-Object { $_.Trim(' -') -and $_ -notmatch '^ApiUsage: ' }) }
            $pair[0].Count | Should -BeGreaterThan 40
            Compare-Object $pair[0] $pair[1] -SyncWindow 0 | ForEach-Object { "$($_.SideIndicator) $($_.InputObject)" } | Select-Object -First 6 | Should -BeNullOrEmpty
        }

        function Invoke-Everything([string] $Before, [string] $Then = '$all | ForEach-Object { "$($_.GetType().Name): $_" }') {
            Remove-Item "$TestDrive/*.jsonl", "$TestDrive/chat.json" -ErrorAction Ignore
            try { Invoke-Script $Before "$everything; $Then" }
            finally {
                Get-ApiConnection -ErrorAction Ignore | Disconnect-ApiService -ErrorAction Ignore
                Stop-ApiSimulator -ErrorAction Ignore
            }
        }
        $plain = Invoke-Everything ''
    }

    It 'every cmdlet writes what it writes without' {
        $strict = Invoke-Everything 'Set-StrictMode -Version Latest'
        Assert-Same $strict.Output $plain.Output
        "$($strict.Error)" | Should -BeExactly "$($plain.Error)"
        $strict.Error.FullyQualifiedErrorId | Should -BeExactly 'invalid_value,ApiTools.Cmdlets.TestApiRequestCommand', 'invalid_value,ApiTools.Cmdlets.InvokeApiChatCommand'
        "$($strict.Warning)" | Should -BeExactly "$($plain.Warning)"
    }

    It 'every object is shown as it is shown without' -Skip:($PSVersionTable.PSEdition -eq 'Desktop') {
        $show = "`$all | ForEach-Object { `$_ | Out-String; `$_ | Format-List | Out-String }"
        $texts = foreach ($mode in '-Off', '-Version Latest') {
            $folder = New-Item "$TestDrive/$([guid]::NewGuid())" -ItemType Directory
            Invoke-Fresh "Set-Location '$folder'; Set-StrictMode $mode; Import-Module '$root/out/ApiTools'; $everything; $show"
            Remove-Item $folder -Recurse
        }
        # Times, ports and numbers of requests differ from run to run; what is shown of them does not.
        $strict, $other = foreach ($text in $texts) { , @($text -replace '[0-9a-f-]{36}' -replace '\b[0-9a-f]{8}-\d+' -replace '\d+([.,:]\d+)*' -split '\r?\n') }
        Assert-Same $strict $other
    }

    It 'every $ErrorActionPreference writes the same, and its own share of errors: <Preference>' -ForEach @(
        @{ Preference = 'Continue'; Errors = 2; InError = 2 }
        @{ Preference = 'SilentlyContinue'; Errors = 0; InError = 2 }
        @{ Preference = 'Ignore'; Errors = 0; InError = 0 }
    ) {
        $run = Invoke-Everything "Set-StrictMode -Version Latest; `$ErrorActionPreference = '$Preference'" '$all | ForEach-Object { "$($_.GetType().Name): $_" }; "errors: $($global:Error.Count)"'
        $run.Error.Count | Should -Be $Errors
        $run.Output[-1] | Should -Be "errors: $InError"
        Assert-Same $run.Output[0..($run.Output.Count - 2)] $plain.Output
    }

    It 'Stop throws the first error, with its own type' {
        $run = Invoke-Everything "Set-StrictMode -Version Latest; `$ErrorActionPreference = 'Stop'"
        $run.Thrown | Should -BeOfType Management.Automation.ActionPreferenceStopException
        $run.Thrown.ErrorRecord.Exception | Should -BeOfType ApiTools.ApiRequestException
        $run.Thrown.ErrorRecord.FullyQualifiedErrorId | Should -Be 'invalid_value,ApiTools.Cmdlets.TestApiRequestCommand'
    }
}

Describe 'A preference' {
    BeforeAll {
        Start-TestService @{ Code = 'invalid_api_key'; Times = 99; Prompt = '*key*' }
    }

    AfterAll {
        Get-ApiConnection | Disconnect-ApiService
        Stop-ApiSimulator
    }

    It 'of errors that asks ends the command where nobody can be asked' {
        $run = Invoke-Script '$ErrorActionPreference = ''Inquire''' 'Invoke-ApiChat a -Temperature 3'
        $run.Thrown | Should -Not -BeNullOrEmpty
        "$($run.Thrown.Message)" | Should -Match 'prompts the user failed|not support user interaction'
    }

    It 'of errors has no say in what ends the command: <_>' -ForEach 'Continue', 'SilentlyContinue', 'Ignore' {
        $run = Invoke-Script "`$ErrorActionPreference = '$_'" 'Invoke-ApiChat key; "next"'
        $run.Output | Should -Be 'next'
        $run = Invoke-Script "`$ErrorActionPreference = '$_'" 'try { Invoke-ApiChat key; "next" } catch [ApiTools.ApiAuthenticationException] { "caught $($_.Exception.Code)" }'
        $run.Output | Should -Be 'caught invalid_api_key'
    }

    It 'of warnings decides of the warning alone: <_>' -ForEach 'Continue', 'SilentlyContinue', 'Ignore' {
        $run = Invoke-Script "`$WarningPreference = '$_'" '(Invoke-ApiChat a -MaxTokens 2 -WarningVariable warned).FinishReason; $warned.Count'
        $run.Output[0] | Should -Be 'length'
        $run.Warning.Count | Should -Be ([int]($_ -eq 'Continue'))
    }

    It 'of warnings that stops, stops after what was bought is in the journal' {
        $run = Invoke-Script '$WarningPreference = ''Stop''' '1..3 | Invoke-ApiChat ''n {_}'' -MaxTokens 2 -Journal stopped.jsonl'
        $run.Thrown | Should -BeOfType Management.Automation.ActionPreferenceStopException
        $sent = @(Get-Sent | Where-Object { $_ -like 'n *' }).Count
        (Get-ApiJournal "$TestDrive/stopped.jsonl" -Summary).Answered | Should -Be $sent
        # Nothing is paid for again.
        $again = @(1..3 | Invoke-ApiChat 'n {_}' -MaxTokens 2 -Journal "$TestDrive/stopped.jsonl" -WarningAction SilentlyContinue)
        $again.Count | Should -Be 3
        @(Get-Sent | Where-Object { $_ -like 'n *' }).Count | Should -Be 3
    }

    It 'for verbose, debug and progress shows more, and no key' {
        $run = Invoke-Script '$VerbosePreference = $DebugPreference = ''Continue''; $ProgressPreference = ''SilentlyContinue''' '(Invoke-ApiChat a).FinishReason; Invoke-ApiChat b 4>&1 5>&1 | Out-String'
        $run.Output[0] | Should -Be 'stop'
        $run.Output[1] | Should -Match 'POST http://127'
        $run.Output[1] | Should -Not -Match 'sk-simulator'
    }
}

Describe '-WhatIf and -Confirm' {
    BeforeAll {
        Start-TestService
    }

    AfterAll {
        Get-ApiConnection | Disconnect-ApiService
        Stop-ApiSimulator -ErrorAction Ignore
    }

    It 'are there wherever something is bought, written or ended' {
        $expected = @(
            'Disconnect-ApiService'
            'Export-ApiChatSession'
            'Export-ApiErrorReport'
            'Invoke-ApiChat'
            'Repair-ApiRequest'
            'Start-ApiSimulator'
            'Stop-ApiSimulator'
        )
        # Connect-ApiService buys nothing, and changes no more than a variable: a script that runs under $WhatIfPreference has to connect, or
        # Invoke-ApiChat could not say what it would send, and where.
        $has = Get-Command -Module ApiTools -CommandType Cmdlet | Where-Object { $_.Parameters.ContainsKey('WhatIf') -and $_.Parameters.ContainsKey('Confirm') }
        $has.Name | Should -BeExactly $expected
    }

    It 'of a whole script does nothing, and says what it would do' {
        $out = Invoke-Fresh @"
Set-Location '$TestDrive'
`$WhatIfPreference = `$true
Import-Module '$root/out/ApiTools'
Start-ApiSimulator -Port 4711
Connect-ApiService http://127.0.0.1:4711/v1 -Model gpt-4o
'a', 'b' | Invoke-ApiChat 'Sum: {_}' -Journal whatif.jsonl
Disconnect-ApiService
Stop-ApiSimulator
"errors: `$(`$Error.Count), connections: `$(@(Get-ApiConnection).Count)"
"@
        $lines = @($out -split '\r?\n' | Where-Object { $_ })
        $lines | Should -BeExactly @(
            'What if: Performing the operation "Start the simulator" on target "port 4711 of this machine".'
            'What if: Send to 127.0.0.1:4711: {"model":"gpt-4o","messages":[{"role":"user","content":"Sum: a"}]}'
            'What if: Send to 127.0.0.1:4711: {"model":"gpt-4o","messages":[{"role":"user","content":"Sum: b"}]}'
            'What if: Performing the operation "Forget the connection and its key" on target "Default".'
            'What if: Performing the operation "Stop the simulator" on target "this process".'
            'errors: 0, connections: 1'
        )
        "$TestDrive/whatif.jsonl" | Should -Not -Exist
    }

    It 'leave a running simulator and its connection as they are' {
        Stop-ApiSimulator -WhatIf
        Disconnect-ApiService -WhatIf
        (Invoke-ApiChat 'Hello').FinishReason | Should -Be 'stop'
    }

    It 'that is asked of nobody is an error, and nothing is sent' {
        $before = @(Get-Sent).Count
        $run = Invoke-Script '$ConfirmPreference = ''Low''' "Invoke-ApiChat 'asked'"
        $run.Thrown.Message + "$($run.Error)" | Should -Match 'user interaction|prompts the user'
        @(Get-Sent).Count | Should -Be $before
        (Invoke-Script '$ConfirmPreference = ''None''' "(Invoke-ApiChat 'asked').FinishReason").Output | Should -Be 'stop'
    }
}

Describe 'One connection' -Skip:($PSVersionTable.PSEdition -eq 'Desktop') {
    BeforeAll {
        Start-TestService
        $module = "$root/out/ApiTools"
    }

    AfterAll {
        Get-ApiConnection | Disconnect-ApiService
        Stop-ApiSimulator
    }

    It 'serves ForEach-Object -Parallel, by its name, as an object, and as the default' {
        $connection = Get-ApiConnection
        $used = (Get-ApiUsage | Measure-Object Requests -Sum).Sum
        $answers = 1..12 | ForEach-Object -Parallel {
            Import-Module $using:module
            $with = @(@{}, @{ Connection = $using:connection }, @{ Connection = 'Default' })[$_ % 3]
            Invoke-ApiChat "question $_" @with
        } -ThrottleLimit 6
        $answers.Count | Should -Be 12
        $answers | Should -BeOfType ApiTools.ChatCompletion
        $answers.Input | Sort-Object { [int]($_ -replace '\D') } | Should -BeExactly @(1..12 | ForEach-Object { "question $_" })
        foreach ($answer in $answers) { $answer.Content | Should -BeLike "*`"$($answer.Input)`"*" }
        @(Get-Sent).Count | Should -Be 12
        (Get-ApiUsage | Measure-Object Requests -Sum).Sum - $used | Should -Be 12
    }

    It 'serves thread jobs, whose answers and errors are whole' -Skip:(-not (Get-Command Start-ThreadJob -ErrorAction Ignore)) {
        $jobs = 1..4 | ForEach-Object { Start-ThreadJob { Import-Module $using:module; Invoke-ApiChat "job $using:_" -Temperature $using:_ } }
        $answers = $jobs | Receive-Job -Wait -AutoRemoveJob -ErrorVariable failed -ErrorAction SilentlyContinue
        $answers.Input | Sort-Object | Should -BeExactly 'job 1', 'job 2'
        $failed.Exception | Should -BeOfType ApiTools.ApiRequestException
        $failed.TargetObject | Sort-Object | Should -BeExactly 'job 3', 'job 4'
    }

    It 'that is ended for all is ended in every thread' {
        Connect-ApiService -Simulator -Name Shared
        1 | ForEach-Object -Parallel { Import-Module $using:module; Disconnect-ApiService Shared }
        { Invoke-ApiChat 'Hello' -Connection Shared } | Should -Throw -ErrorId 'no_connection,ApiTools.Cmdlets.InvokeApiChatCommand'
    }
}

Describe 'Parameters' {
    BeforeAll {
        Start-TestService
    }

    AfterAll {
        Get-ApiConnection | Disconnect-ApiService
        Stop-ApiSimulator
    }

    It 'have their defaults from $PSDefaultParameterValues, for one cmdlet and for all' {
        $run = Invoke-Script '$PSDefaultParameterValues = @{ ''Invoke-ApiChat:MaxTokens'' = 7; ''*-Api*:Model'' = ''gpt-4.1'' }' @'
(Invoke-ApiChat 'Hello' -WarningAction SilentlyContinue).Model
(Measure-ApiTokens 'Hello').Model
(Get-ApiErrorCode timeout).Code
(Invoke-ApiChat 'Hello' -Model gpt-4o -MaxTokens 100).Model
'@
        $run.Output | Should -BeExactly 'gpt-4.1', 'gpt-4.1', 'timeout', 'gpt-4o'
        $run.Error | Should -BeNullOrEmpty
        (Get-ApiSimulatorRequest)[-2].Body | Should -BeExactly '{"model":"gpt-4.1","max_tokens":7,"messages":[{"role":"user","content":"Hello"}]}'
    }

    It 'are splatted from a hashtable, with common parameters and a hashtable in it' {
        $ask = @{ Prompt = 'Hello'; MaxTokens = 100; Property = @{ user = 'me' }; ErrorAction = 'Stop'; OutVariable = 'kept'; SkipRequestValidation = $false }
        (Invoke-ApiChat @ask).FinishReason | Should -Be 'stop'
        $kept[0].Input | Should -Be 'Hello'
        (Get-ApiSimulatorRequest)[-1].Body | Should -BeExactly '{"model":"gpt-4o","max_tokens":100,"user":"me","messages":[{"role":"user","content":"Hello"}]}'
        # What is given beside it counts.
        (Invoke-ApiChat @ask -Model gpt-4.1).Model | Should -Be 'gpt-4.1'
    }

    It 'are splatted from an array, by their positions' {
        $ask = @('Sum: {_}')
        $null = 1, 2 | Invoke-ApiChat @ask
        (Get-Sent)[-2, -1] | Should -BeExactly 'Sum: 1', 'Sum: 2'
        $where = , (Get-ApiConnection).BaseUri.AbsoluteUri
        Connect-ApiService @where -Name Splatted
        (Get-ApiConnection Splatted).BaseUri | Should -Be (Get-ApiConnection Default).BaseUri
    }

    It 'are refused by a name that is none, with PowerShell''s own error' {
        { Invoke-ApiChat 'Hello' -MaxToken 99 } | Should -Not -Throw -Because 'the beginning of a name is enough at a prompt'
        { Invoke-ApiChat 'Hello' -MaxTokenz 3 } | Should -Throw -ErrorId 'NamedParameterNotFound,ApiTools.Cmdlets.InvokeApiChatCommand'
        { Invoke-ApiChat 'Hello' -M gpt-4o } | Should -Throw -ErrorId 'AmbiguousParameter,ApiTools.Cmdlets.InvokeApiChatCommand'
    }
}
