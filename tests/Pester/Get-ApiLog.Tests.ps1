BeforeAll {
    Import-Module "$PSScriptRoot/../../out/ApiTools"
    . "$PSScriptRoot/Common.ps1"
    $ErrorView = 'ConciseView'
    $sample = (Resolve-Path "$PSScriptRoot/../../samples/logs/api-log.jsonl").Path
    $lines = [IO.File]::ReadAllLines($sample)
}

Describe 'Get-ApiLog' {
    It 'shows each request, with what came of it' {
        $entries = Get-ApiLog $sample
        $entries | Should -BeOfType ([ApiTools.ApiLogEntry])
        $entries.Line | Should -Be 1, 2, 3, 4, 5, 6
        $entries.Outcome | Should -Be Succeeded, Retried, Succeeded, Failed, Refused, Succeeded
        $entries[1].Code | Should -BeExactly 'rate_limit_exceeded'
        $entries[1].StatusCode | Should -Be 429
        $entries[2].Call | Should -BeExactly $entries[1].Call
        $entries[2].Wait.TotalSeconds | Should -Be 2.043
        $entries[5].InputTokens, $entries[5].OutputTokens | Should -Be 412, 120
        $entries[0].Time | Should -Be ([datetimeoffset] '2026-11-25T09:00:01.105312Z')
    }

    It 'shows those of <What> alone' -TestCases @(
        @{ What = 'a time on'; Get = { Get-ApiLog $sample -Since 2026-11-25T09:00:04Z }; Lines = 4, 5, 6 }
        @{ What = 'before a time'; Get = { Get-ApiLog $sample -Until 2026-11-25T09:00:03Z }; Lines = 1, 2 }
        @{ What = 'a code'; Get = { Get-ApiLog $sample -Code context*, invalid_value }; Lines = 4, 5 }
        @{ What = 'a model'; Get = { Get-ApiLog $sample -Model GPT-4o }; Lines = 6 }
        @{ What = 'failures'; Get = { Get-ApiLog $sample -Failed }; Lines = 2, 4, 5 }
        @{ What = 'a request id'; Get = { Get-ApiLog $sample -RequestId req_a3, req_a5 }; Lines = 3, 6 }
        @{ What = 'the last two'; Get = { Get-ApiLog $sample -Tail 2 }; Lines = 5, 6 }
        @{ What = 'the last failure'; Get = { Get-ApiLog $sample -Failed -Tail 1 }; Lines = 5 }
    ) {
        (& $Get).Line | Should -Be $Lines
    }

    It 'takes a file <How>' -TestCases @(
        @{ How = 'by its literal path'; Get = { Get-ApiLog -LiteralPath $sample } }
        @{ How = 'by a wildcard'; Get = { Get-ApiLog ($sample -replace 'api-log', 'a*') } }
        @{ How = 'from Get-ChildItem'; Get = { Get-ChildItem $sample | Get-ApiLog } }
        @{ How = 'as text through the pipeline'; Get = { $sample | Get-ApiLog } }
    ) {
        (& $Get).Count | Should -Be 6
    }

    It 'reads the full files of a log first, each once' {
        $folder = New-Item (Join-Path $TestDrive rotated) -ItemType Directory
        [IO.File]::WriteAllLines("$folder/log.jsonl", [string[]] $lines[4, 5])
        [IO.File]::WriteAllLines("$folder/log.jsonl.1", [string[]] $lines[2, 3])
        [IO.File]::WriteAllLines("$folder/log.jsonl.2", [string[]] $lines[0, 1])
        $null = New-Item "$folder/log.jsonl.lock"
        (Get-ApiLog "$folder/log.jsonl").Time | Should -Be (Get-ApiLog $sample).Time
        (Get-ApiLog "$folder/log.jsonl*").Time | Should -Be (Get-ApiLog $sample).Time
        (Get-ApiLog "$folder/log.jsonl.1").Count | Should -Be 2
    }

    It 'tells lines of another tool once, with their numbers, and shows none of them' {
        $file = Join-Path $TestDrive mixed.jsonl
        [IO.File]::WriteAllLines($file, [string[]] ($lines[0], "`e[31mred", '{"msg":"other"}', $lines[1]))
        $all = Get-ApiLog $file -WarningVariable warning 3>$null
        $all.Line | Should -Be 1, 4
        $warning | Should -HaveCount 1
        "$warning" | Should -BeLike "*mixed.jsonl' has 2 lines that are none of a log's, which are left out: 2, 3."
    }

    It 'refuses a file of another kind: <Kind>' -TestCases @(
        @{ Kind = 'text'; Content = "Name,Body`n1,2`n"; Code = 'not_a_log'; Category = 'InvalidData' }
        @{ Kind = 'nothing there'; Content = $null; Code = 'file_not_found'; Category = 'ObjectNotFound' }
    ) {
        $file = Join-Path $TestDrive "$Kind.jsonl"
        if ($null -ne $Content) { [IO.File]::WriteAllText($file, $Content) }
        Get-ApiLog -LiteralPath $file -ErrorVariable failure -ErrorAction SilentlyContinue -WarningAction SilentlyContinue | Should -BeNullOrEmpty
        $failure[0].FullyQualifiedErrorId | Should -BeExactly "$Code,ApiTools.Cmdlets.GetApiLogCommand"
        $failure[0].CategoryInfo.Category | Should -Be $Category
        $failure[0].TargetObject | Should -BeExactly $file
    }

    Context 'of a connection' {
        AfterEach {
            Get-ApiConnection | Disconnect-ApiService
            Stop-ApiSimulator -ErrorAction Ignore
            $env:APITOOLS_LOG = $null
        }

        It 'has each try, what was refused, and the list of models, as soon as the command has ended' {
            Start-ApiSimulator -Fault @{ Code = 'internal_error' }
            Connect-ApiService -Simulator -LogPath "$TestDrive/own.jsonl"
            (Get-ApiConnection).LogPath | Should -BeExactly (Join-Path $TestDrive own.jsonl)
            $null = Invoke-ApiChat 'Hello' -RetryIntervalSec 0.01
            Invoke-ApiChat 'Hello' -Temperature 9 -ErrorAction SilentlyContinue
            $null = Get-ApiModel
            $entries = Get-ApiLog
            $entries.Outcome | Should -Be Retried, Succeeded, Refused, Succeeded
            $entries.Operation | Should -Be chat, chat, chat, list_models
            $entries.Attempt | Should -Be 1, 2, 0, 1
            $entries.Call | Select-Object -Unique | Should -HaveCount 3
            $entries[2].Code | Should -BeExactly 'invalid_value'
            @($entries.RequestBody) -ne $null | Should -BeNullOrEmpty
        }

        It 'is what APITOOLS_LOG names, for a connection that has no other' {
            $env:APITOOLS_LOG = "$TestDrive/environment.jsonl"
            Start-ApiSimulator
            Connect-ApiService -Simulator
            $null = Invoke-ApiChat 'Hello'
            (Get-ApiLog "$TestDrive/environment.jsonl").Count | Should -Be 1
        }

        It 'that cannot be written is a warning, once, and the calls succeed' -Skip:(-not (Test-Path /dev/full)) {
            Start-ApiSimulator
            Connect-ApiService -Simulator -LogPath /dev/full
            $answers = @(Invoke-ApiChat 'a' -WarningVariable first 3>$null; Invoke-ApiChat 'b' -WarningVariable second 3>$null)
            $answers | Should -HaveCount 2
            "$first" | Should -BeLike "The log '/dev/full' cannot be written: No space left on device*Calls go on without it*"
            $second | Should -BeNullOrEmpty
        }

        It 'that hangs is a warning, once, and no call waits for it again' {
            $log = Join-Path $TestDrive hanging.jsonl
            Start-TestService
            Connect-ApiService -Simulator -LogPath $log
            # Somebody keeps its lock, as a process that is stopped in the middle of an append would.
            $lock = [IO.FileStream]::new("$log.lock", 'OpenOrCreate', 'ReadWrite', 'None')
            try {
                (Invoke-ApiChat Hello -WarningVariable warning -WarningAction SilentlyContinue).Content | Should -Not -BeNullOrEmpty
                $warning | Should -BeLike "The log '*hanging.jsonl' cannot be written: it has taken no line for a while*"
                (Measure-Command { Invoke-ApiChat Hello -WarningVariable warning -WarningAction SilentlyContinue }).TotalSeconds | Should -BeLessThan 1.5
                $warning | Should -BeNullOrEmpty
            }
            finally {
                $lock.Dispose()
            }
        }

        It 'is refused where it is a pipe, which loses what nobody reads in time' -Skip:(-not (Get-Command mkfifo -ErrorAction Ignore)) {
            $pipe = Join-Path $TestDrive pipe.jsonl
            mkfifo $pipe
            Start-ApiSimulator
            $failure = { Connect-ApiService -Simulator -LogPath $pipe } | Should -Throw -PassThru -ErrorId 'log_unwritable,ApiTools.Cmdlets.ConnectApiServiceCommand'
            $failure.Exception.Message | Should -BeExactly "The log '$pipe' cannot be written: it is a pipe, which keeps nothing that nobody reads in time."
            Get-ApiConnection | Should -BeNullOrEmpty
        }

        It 'is refused where it is <What>' -TestCases @(
            @{ What = 'a folder'; Path = { "$TestDrive" }; Code = 'log_unwritable' }
            @{ What = 'another file'; Path = { Set-Content "$TestDrive/notes.txt" 'mine'; "$TestDrive/notes.txt" }; Code = 'not_a_log' }
            @{ What = 'in no folder'; Path = { "$TestDrive/none/log.jsonl" }; Code = 'log_unwritable' }
        ) {
            Start-ApiSimulator
            { Connect-ApiService -Simulator -LogPath (& $Path) } | Should -Throw -ErrorId "$Code,ApiTools.Cmdlets.ConnectApiServiceCommand"
            Get-ApiConnection | Should -BeNullOrEmpty
            if ($Code -eq 'not_a_log') { Get-Content "$TestDrive/notes.txt" | Should -BeExactly 'mine' }
        }

        It 'takes the lines of several processes at once, none mixed, none lost' -Skip:($PSVersionTable.PSEdition -eq 'Desktop') {
            $simulator = Start-ApiSimulator -PassThru
            $log = Join-Path $TestDrive several.jsonl
            $module = (Get-Module ApiTools).Path
            $program = @([Environment]::ProcessPath)
            if ([IO.Path]::GetFileNameWithoutExtension($program[0]) -eq 'dotnet') { $program += [Environment]::GetCommandLineArgs()[0] }
            $processes = foreach ($i in 1..3) {
                $command = "Import-Module '$module'; Connect-ApiService -BaseUri $($simulator.BaseUri) -ApiKey $($simulator.ApiKey) -Model gpt-4o -Name p$i -LogPath '$log'; 1..40 | ForEach-Object { `"`$_`" } | Invoke-ApiChat -Connection p$i | Out-Null"
                $encoded = [Convert]::ToBase64String([Text.Encoding]::Unicode.GetBytes($command))
                Start-Process $program[0] (@($program | Select-Object -Skip 1) + '-NoProfile', '-EncodedCommand', $encoded) -PassThru -RedirectStandardOutput "$TestDrive/$i.out" -RedirectStandardError "$TestDrive/$i.err"
            }
            $processes | Wait-Process -Timeout 120
            $entries = Get-ApiLog $log -WarningVariable warning
            $warning | Should -BeNullOrEmpty
            $entries | Group-Object Connection | Sort-Object Name | ForEach-Object Count | Should -Be 40, 40, 40
        }
    }
}
