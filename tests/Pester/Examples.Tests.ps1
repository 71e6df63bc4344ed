# Every block of PowerShell in the help, the README and the guides: what it names exists, and it runs, against the simulator.
#
# A page's example runs in a fresh runspace, in a folder with what is in samples/, with a simulator running and connected, unless it
# starts one itself; where it reads $Error[0], a call has just failed. It must write no error. After ```powershell may stand
#   errors   it shows errors, and has to write one;
#   no-run   it is not run (it asks, waits or needs a real service), but what it names must exist all the same.
# The blocks of a guide run one after the other, as somebody who reads it would type them.

BeforeDiscovery {
    $root = (Resolve-Path "$PSScriptRoot/../..").Path
    Import-Module "$root/out/ApiTools"
    Import-Module "$root/tools/MarkdownText.psm1"

    $examples = foreach ($page in Get-ChildItem "$root/docs/en-US/*.md") {
        $text = (Get-Content $page -Raw) -replace "`r" -replace '(?s)^.*?\n## EXAMPLES\n' -replace '(?s)\n## PARAMETERS\n.*'
        foreach ($part in $text -split '(?m)^### ' | Select-Object -Skip 1) {
            @{ File = $page.BaseName; Title = ($part -split "`n")[0]; Blocks = @(ConvertTo-Block $part | Where-Object Language -Match '^powershell') }
        }
    }
    $guides = foreach ($guide in Get-Item "$root/README.md", "$root/CONTRIBUTING.md", "$root/docs/about_*.md") {
        @{ File = $guide.Name; Title = 'from beginning to end'; Blocks = @(ConvertTo-Block (Get-Content $guide -Raw) | Where-Object Language -Match '^powershell') }
    }
    $all = @($examples) + @($guides) | Where-Object { $_ -and $_.Blocks }
}

BeforeAll {
    $root = (Resolve-Path "$PSScriptRoot/../..").Path
    Import-Module "$root/out/ApiTools"

    # Runs a script in a fresh runspace; returns its errors.
    function Invoke-Example([string] $Script) {
        $folder = Join-Path $TestDrive ([guid]::NewGuid())
        if (Test-Path "$root/samples") { Copy-Item "$root/samples" $folder -Recurse } else { $null = New-Item $folder -ItemType Directory }
        $setup = "Import-Module '$root/out/ApiTools'; Set-Location '$folder'`n"
        if ($Script -notmatch 'Start-ApiSimulator') { $setup += "Start-ApiSimulator; Connect-ApiService -Simulator`n" }
        if ($Script -match '\$Error\[0\]') { $setup += "Invoke-ApiChat 'Hello' -Temperature 3 -ErrorAction SilentlyContinue`n" }
        $runspace = [runspacefactory]::CreateRunspace([initialsessionstate]::CreateDefault2())
        $shell = [powershell]::Create()
        try {
            $runspace.Open()
            $shell.Runspace = $runspace
            $null = $shell.AddScript($setup).Invoke()
            if ($shell.Streams.Error.Count) { throw "The setup failed: $($shell.Streams.Error[0])" }
            $shell.Commands.Clear()
            $running = $shell.AddScript($Script).AddCommand('Out-String').BeginInvoke()
            if (-not $running.AsyncWaitHandle.WaitOne([timespan]::FromSeconds(30))) { $shell.Stop(); throw 'It did not end within 30 seconds.' }
            $null = $shell.EndInvoke($running)
            $shell.Streams.Error
        }
        finally {
            $shell.Dispose()
            $runspace.Dispose()
            # The simulator and the connections are the process's, not the runspace's.
            Get-ApiConnection -ErrorAction Ignore | Disconnect-ApiService -ErrorAction Ignore
            Stop-ApiSimulator -ErrorAction Ignore
        }
    }
}

AfterAll {
    Remove-Module MarkdownText
}

Describe '<File>: <Title>' -ForEach $all {
    It 'names only what exists' {
        foreach ($block in $Blocks) {
            $tokens = $errors = $null
            $ast = [Management.Automation.Language.Parser]::ParseInput(($block.Lines -join "`n"), [ref] $tokens, [ref] $errors)
            $errors | Should -BeNullOrEmpty
            foreach ($call in $ast.FindAll({ $args[0] -is [Management.Automation.Language.CommandAst] }, $true)) {
                $command = Get-Command "$($call.GetCommandName())" -Module ApiTools -ErrorAction Ignore
                if ($call.GetCommandName() -match '-Api' ) { $command | Should -Not -BeNullOrEmpty -Because "$call names a cmdlet of ApiTools" }
                if (-not $command) { continue }
                if ($command.CommandType -eq 'Alias') { $command = $command.ResolvedCommand }
                foreach ($parameter in $call.CommandElements | Where-Object { $_ -is [Management.Automation.Language.CommandParameterAst] }) {
                    $command.Parameters.Keys | Should -Contain $parameter.ParameterName -Because "$call names it"
                }
            }
        }
    }

    It 'runs' -Skip:(-not ($Blocks.Language -notmatch 'no-run')) {
        $run = @($Blocks | Where-Object Language -NotMatch 'no-run')
        $errors = @(Invoke-Example (($run | ForEach-Object { $_.Lines -join "`n" }) -join "`n"))
        if ($run.Language -match 'errors') { $errors | Should -Not -BeNullOrEmpty } else { $errors | Should -BeNullOrEmpty }
    }
}
