BeforeAll {
    Import-Module "$PSScriptRoot/../../out/ApiTools"
    . "$PSScriptRoot/Common.ps1"
    $ErrorView = 'ConciseView'
}

Describe 'Export-ApiErrorReport' {
    BeforeEach {
        Start-TestService @{ Code = 'rate_limit_exceeded'; RetryAfterMs = 5; Times = -1 }
        Invoke-ApiChat 'a private question' -MaximumRetryCount 1 -RetryIntervalSec 0.01 -ErrorVariable failure -ErrorAction SilentlyContinue
    }

    AfterEach {
        Get-ApiConnection | Disconnect-ApiService
        Stop-ApiSimulator -ErrorAction Ignore
    }

    It 'takes <What>' -TestCases @(
        @{ What = 'an error record'; Get = { $failure[0] | Export-ApiErrorReport } }
        @{ What = 'an exception'; Get = { Export-ApiErrorReport $failure[0].Exception } }
        @{ What = 'nothing, and then the newest failure'; Get = { Export-ApiErrorReport } }
        @{ What = 'an error that came through a call of .NET'; Get = {
                try { { Write-Error -ErrorRecord $failure[0] -ErrorAction Stop }.Invoke() } catch { $_ | Export-ApiErrorReport }
            }
        }
    ) {
        $report = & $Get
        $report | Should -BeOfType ([string])
        $report.StartsWith("# API error report`n`n" + '```' + "`nRate limit exceeded, as the simulator was asked to answer.`n" + '```' + "`n`n| Field | Value |`n") | Should -BeTrue
        $report | Should -BeLike "*| Code | rate_limit_exceeded |`n| Status | 429 |*| Request id | req_sim_000002 |*| Attempts | 2 |*"
        $report | Should -BeLike "*| ApiTools | $((Get-Module ApiTools).Version) |*| PowerShell | $($PSVersionTable.PSVersion)*"
        $report | Should -Not -Match 'private'
    }

    It 'as JSON has the same' {
        $report = Export-ApiErrorReport $failure[0] -As Json | ConvertFrom-Json
        $report.message | Should -BeExactly 'Rate limit exceeded, as the simulator was asked to answer.'
        $report.code, $report.request_id | Should -BeExactly 'rate_limit_exceeded', 'req_sim_000002'
        $report.attempts_made.status | Should -Be 429, 429
        $report.headers.'X-Request-ID' | Should -BeExactly 'req_sim_000002'
    }

    It 'shows what was asked where that is wanted' {
        Export-ApiErrorReport $failure[0] -IncludeContent | Should -Match 'a private question'
    }

    It 'is shown before it is written, and written whole' {
        $file = Join-Path $TestDrive report.md
        $shown = Export-ApiErrorReport $failure[0] -Path $file 6>&1
        [IO.File]::ReadAllText($file) | Should -BeExactly "$shown"
        $shown | Should -BeOfType ([Management.Automation.InformationRecord])
        Export-ApiErrorReport $failure[0] -Path $file -PassThru 6>$null | Should -BeExactly "$shown"
        Get-ChildItem $TestDrive -Filter *.tmp | Should -BeNullOrEmpty
    }

    It 'is not written with -WhatIf, and shown all the same' {
        $file = Join-Path $TestDrive none.md
        "$(Export-ApiErrorReport $failure[0] -Path $file -WhatIf 6>&1)" | Should -BeLike '# API error report*'
        Test-Path $file | Should -BeFalse
    }

    It 'takes the file first where that is text, as every Export cmdlet, and the failure where it is one: <What>' -TestCases @(
        @{ What = 'from the pipeline'; Do = { $failure[0] | Export-ApiErrorReport $file } }
        @{ What = 'from a job or a file'; Do = { [Management.Automation.PSSerializer]::Deserialize([Management.Automation.PSSerializer]::Serialize($failure[0])) | Export-ApiErrorReport $file } }
        @{ What = 'the newest'; Do = { Export-ApiErrorReport $file } }
        @{ What = 'an error record'; Do = { Export-ApiErrorReport $failure[0] $file } }
        @{ What = 'an exception'; Do = { Export-ApiErrorReport $failure[0].Exception $file } }
        @{ What = 'what is left of an error record'; Do = { Export-ApiErrorReport ([Management.Automation.PSSerializer]::Deserialize([Management.Automation.PSSerializer]::Serialize($failure[0]))) $file } }
        @{ What = 'what Resolve-ApiError gave'; Do = { Export-ApiErrorReport ($failure[0] | Resolve-ApiError) $file } }
        @{ What = 'by name'; Do = { Export-ApiErrorReport -InputObject $failure[0] -LP $file } }
    ) {
        Push-Location (New-Item (Join-Path $TestDrive ([guid]::NewGuid())) -ItemType Directory)
        $file = 'report.md'
        & $Do 6>$null
        (Get-ChildItem).Name | Should -BeExactly 'report.md'
        Get-Content report.md -Raw | Should -BeLike "*| Code | rate_limit_exceeded |*"
        Pop-Location
    }

    It 'writes nothing where no file is named, whatever is given: <What>' -TestCases @(
        @{ What = 'an error record'; Get = { Export-ApiErrorReport $failure[0] } }
        @{ What = 'an exception'; Get = { Export-ApiErrorReport $failure[0].Exception } }
        @{ What = 'what is left of an exception'; Get = { Export-ApiErrorReport ([Management.Automation.PSSerializer]::Deserialize([Management.Automation.PSSerializer]::Serialize($failure[0].Exception))) } }
        @{ What = 'what Resolve-ApiError gave'; Get = { Export-ApiErrorReport ($failure[0] | Resolve-ApiError) } }
    ) {
        Push-Location (New-Item (Join-Path $TestDrive ([guid]::NewGuid())) -ItemType Directory)
        & $Get | Should -BeLike '# API error report*| Code | rate_limit_exceeded |*'
        Get-ChildItem | Should -BeNullOrEmpty
        Pop-Location
    }

    It 'replaces the one file that wildcards name, and takes a name as it is by -LiteralPath' {
        Set-Content (Join-Path $TestDrive 'old1.md') 'old'
        $failure[0] | Export-ApiErrorReport (Join-Path $TestDrive 'old?.md') 6>$null
        Get-Content (Join-Path $TestDrive 'old1.md') -Raw | Should -BeLike '# API error report*'
        $failure[0] | Export-ApiErrorReport -LiteralPath (Join-Path $TestDrive 'a[1].md') 6>$null
        Test-Path -LiteralPath (Join-Path $TestDrive 'a[1].md') | Should -BeTrue
        Set-Content (Join-Path $TestDrive 'old2.md') 'old'
        $pattern = Join-Path $TestDrive 'old?.md'
        $failure[0] | Export-ApiErrorReport $pattern -ErrorVariable problem -ErrorAction SilentlyContinue 6>$null
        Assert-Failure $problem[0] file_unwritable WriteError $pattern "The file '$pattern' cannot be written: the pattern names 2 files. (file_unwritable)" 'Make the file and its folder writable, and make room on the disk. Run: Get-ChildItem' ExportApiErrorReportCommand
    }

    It 'leaves a file that is there with -NoClobber' {
        $file = Join-Path $TestDrive 'there.md'
        Set-Content $file 'mine' -NoNewline
        $failure[0] | Export-ApiErrorReport $file -NoClobber -ErrorVariable problem -ErrorAction SilentlyContinue 6>$null
        Assert-Failure $problem[0] file_exists ResourceExists $file "The file '$file' exists already. (file_exists)" 'Use another name, or leave out -NoClobber. Run: Get-ChildItem' ExportApiErrorReportCommand
        Get-Content $file -Raw | Should -BeExactly 'mine'
        $failure[0] | Export-ApiErrorReport (Join-Path $TestDrive 'new.md') -NoClobber 6>$null
        Join-Path $TestDrive 'new.md' | Should -Exist
    }

    It 'replaces a read-only file with -Force alone' {
        $file = Join-Path $TestDrive 'kept.md'
        Set-Content $file 'mine'
        Set-ItemProperty $file IsReadOnly $true
        { $failure[0] | Export-ApiErrorReport $file -ErrorAction Stop 6>$null } | Should -Throw -ErrorId 'file_unwritable,ApiTools.Cmdlets.ExportApiErrorReportCommand' -ExpectedMessage '*it is read-only; -Force replaces it all the same.'
        $failure[0] | Export-ApiErrorReport $file -Force 6>$null
        Get-Content $file -Raw | Should -BeLike '# API error report*'
        (Get-Item $file).IsReadOnly | Should -BeTrue
        Set-ItemProperty $file IsReadOnly $false
    }

    It 'cannot be written to <What>, and says so' -TestCases @(
        @{ What = 'a folder'; Path = { "$TestDrive" } }
        @{ What = 'a folder that is not there'; Path = { "$TestDrive/none/report.md" } }
    ) {
        $path = & $Path
        Export-ApiErrorReport $failure[0] -Path $path -ErrorVariable problem -ErrorAction SilentlyContinue 6>$null
        $problem[0].FullyQualifiedErrorId | Should -BeExactly 'file_unwritable,ApiTools.Cmdlets.ExportApiErrorReportCommand'
        $problem[0].TargetObject | Should -BeExactly $path
        Get-ChildItem $TestDrive -Filter *.tmp | Should -BeNullOrEmpty
    }

    It 'takes another tool''s failure, <What>, and says what it was read from' -TestCases @(
        @{ What = 'as its error record'; Get = { param($Record) $Record | Export-ApiErrorReport } }
        @{ What = 'resolved before'; Get = { param($Record) $Record | Resolve-ApiError | Export-ApiErrorReport } }
    ) {
        $base = (Get-ApiConnection).BaseUri
        $other = try { Invoke-RestMethod "$base/models" -Headers @{ Authorization = 'Bearer wrong-key-0123' } } catch { $_ }
        $report = & $Get $other
        $report | Should -BeLike "*| Code | invalid_api_key |`n| Status | 401 |*| Request id | req_sim_* |`n| Service | $($base.Authority) |*| Read from | error record |*"
        $report | Should -Not -Match 'Attempts|wrong-key'
    }

    It 'takes saved text' {
        "HTTP/1.1 429 Too Many Requests`r`nretry-after: 7`r`ncf-ray: 8c1f-FRA`r`ncontent-type: application/json`r`n`r`n{`"error`":{`"message`":`"Slow down, key sk-abcdef0123456789`",`"code`":`"rate_limit_exceeded`"}}" | Export-ApiErrorReport |
            Should -BeLike "*Slow down, key ``*``*``**| Code | rate_limit_exceeded |*| CF-RAY | 8c1f-FRA |*"
    }

    It 'is of no failure that is none of an API' {
        $other = try { Get-Item "$TestDrive/missing" -ErrorAction Stop } catch { $_ }
        $other | Export-ApiErrorReport -ErrorVariable problem -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        $problem[0].FullyQualifiedErrorId | Should -BeExactly 'invalid_value,ApiTools.Cmdlets.ExportApiErrorReportCommand'
        $problem[0].Exception.Message | Should -BeLike 'A report is made of a failure of an API, and none is recognised in this error of another command (PathNotFound*'
    }
}
