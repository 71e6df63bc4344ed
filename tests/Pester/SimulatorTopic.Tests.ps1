# The tables of about_ApiTools_Simulator: each key, each kind of fault, and what becomes of it. With APITOOLS_WRITE_DOCS=1 in the environment
# the table of kinds is written; then ./build.ps1 Docs makes the help of it.

BeforeAll {
    $root = (Resolve-Path "$PSScriptRoot/../..").Path
    Import-Module "$root/out/ApiTools"
    $path = "$root/docs/about_ApiTools_Simulator.md"
    $topic = (Get-Content $path -Raw) -replace "`r"

    function Get-FirstCell([string] $Heading) {
        $rows = [regex]::Match($topic, "(?m)^\| $Heading \|.*\n\|[- |]+\|\n((?:\|.*\n)+)").Groups[1].Value
        [regex]::Matches($rows, '(?m)^\| (\w+) \|') | ForEach-Object { $_.Groups[1].Value }
    }

    function Get-Outcome([string] $Kind, [switch] $Stream) {
        # The shortest that shows it: where nothing comes, a time-out is all that can.
        $rule = @{ Kind = $Kind; Times = -1 }
        if ($Kind -eq 'Slow') { $rule.DelayMs = 1 }
        $call = @{ MaximumRetryCount = 0; Stream = $Stream; OperationTimeoutSec = 0.5 }
        if ($Kind -eq 'Stall') { $call.TimeoutSec = 0.5 }
        if ($Kind -eq 'SchemaMismatch') {
            $call.Schema = '{"type":"object","properties":{"price":{"type":"number"}},"required":["price"],"additionalProperties":false}'
        }
        Start-ApiSimulator -Fault $rule
        Connect-ApiService -Simulator
        $null = Invoke-ApiChat 'Hello' @call -ErrorVariable failed -ErrorAction SilentlyContinue -WarningAction SilentlyContinue
        Stop-ApiSimulator
        if (-not $failed) { return 'an answer' }
        $part = if ($failed[0].Exception.PartialContent) { ', with what came' }
        "$($failed[0].Exception.Code)$part"
    }
}

Describe 'about_ApiTools_Simulator' {
    AfterEach {
        Stop-ApiSimulator -ErrorAction Ignore
    }

    It 'has every key of a rule, and no other' {
        Get-FirstCell 'key of a rule' | Sort-Object | Should -BeExactly ([ApiTools.SimulatorFault].GetProperties().Name | Sort-Object)
    }

    It 'has every key of an answer, and no other' {
        Get-FirstCell 'key of an answer' | Sort-Object | Should -BeExactly ([ApiTools.SimulatorAnswer].GetProperties().Name | Sort-Object)
    }

    # Windows PowerShell's client names some failures of the connection otherwise.
    It 'has every kind of fault, what it does, and what becomes of it' -Skip:($PSVersionTable.PSEdition -eq 'Desktop') {
        $line = 'Start-ApiSimulator -Fault '
        $does = @{}
        foreach ($match in (TabExpansion2 $line $line.Length).CompletionMatches) { $does[$match.ListItemText] = $match.ToolTip }
        $rows = foreach ($kind in [enum]::GetNames([ApiTools.SimulatorFaultKind])) {
            "| $kind | $($does[$kind]). | Plain: $(Get-Outcome $kind). | With -Stream: $(Get-Outcome $kind -Stream). |"
        }
        $table = @('| kind | what comes | plain | streamed |', '| --- | --- | --- | --- |') + $rows -join "`n"
        $place = '(?s)(?<=<!-- kinds: [^>]+ -->\n).*(?=\n<!-- end of kinds -->)'
        if ($env:APITOOLS_WRITE_DOCS -eq '1') { [IO.File]::WriteAllText($path, ($topic -replace $place, $table)) }
        else { [regex]::Match($topic, $place).Value | Should -BeExactly $table }
    }
}
